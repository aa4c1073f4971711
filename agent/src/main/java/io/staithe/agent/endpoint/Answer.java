package io.staithe.agent.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** What goes back over HTTP: always JSON. */
record Answer(int status, String body) {
    static Answer json(int status, JsonNode json) {
        return new Answer(status, json.toString());
    }

    /** As ECS's agent tells what is wrong with a request for metadata: a JSON string. */
    static Answer refused(int status, String why) {
        return json(status, TextNode.valueOf(why));
    }
}
