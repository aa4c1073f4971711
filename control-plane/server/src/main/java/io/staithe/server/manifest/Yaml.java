package io.staithe.server.manifest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML, and JSON as a part of it, into nodes that know their lines. Everything is bounded before it is built. */
final class Yaml {
    static final int MAX_DEPTH = 32;
    static final int MAX_DOCUMENTS = 1000;
    static final int MAX_ALIASES = 50;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setCodePointLimit(ManifestReader.MAX_BYTES)
            .build();

    private Yaml() {}

    /** The documents of a file up to the first that cannot be read; an empty one is a null scalar and keeps its number. */
    static List<Node> documents(String file, String text, Problems problems) {
        List<Node> documents = new ArrayList<>();
        try {
            checkBounds(text);
            for (Node node : new Compose(SETTINGS).composeAllFromString(text)) documents.add(node);
        } catch (Refused e) {
            problems.add(new ManifestError(file, documents.size() + 1, e.line, "", e.rule));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Yaml::line).orElse(0);
            problems.add(
                    new ManifestError(file, documents.size() + 1, line, "", "is not valid YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            // Without a mark it is one of the limits, in words that hold nothing of the file.
            problems.add(new ManifestError(file, documents.size() + 1, 0, "", "is refused: " + e.getMessage()));
        }
        return documents;
    }

    /** The text of a file, when it is text. */
    static Optional<String> text(String file, byte[] content, Problems problems) {
        try {
            return Optional.of(JsonTabs.toSpaces(text(content)));
        } catch (Refused e) {
            problems.add(new ManifestError(file, 0, e.line, "", e.rule));
            return Optional.empty();
        }
    }

    static int line(Mark mark) {
        return mark.getLine() + 1;
    }

    static int line(Node node) {
        return node.getStartMark().map(Yaml::line).orElse(0);
    }

    private static String text(byte[] content) {
        String text = utf8(content);
        int line = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') line++;
            if ((c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == 0x7F)
                throw new Refused(line, String.format("holds the control character U+%04X", (int) c));
        }
        return text;
    }

    private static String utf8(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refused(0, "is not UTF-8 text");
        }
    }

    /** Walks the events, which needs no stack, before the composer, which recurses. */
    private static void checkBounds(String text) {
        int depth = 0;
        int documents = 0;
        Iterator<Event> events = new Parse(SETTINGS).parseString(text).iterator();
        while (hasNext(events)) {
            Event event = events.next();
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                case DocumentStart -> documents++;
                case StreamStart, StreamEnd, DocumentEnd, Scalar, Alias, Comment -> {}
            }
            int line = event.getStartMark().map(Yaml::line).orElse(0);
            if (depth > MAX_DEPTH) throw new Refused(line, "is nested deeper than " + MAX_DEPTH + " levels");
            if (documents > MAX_DOCUMENTS) throw new Refused(line, "has more than " + MAX_DOCUMENTS + " documents");
        }
    }

    /** False also where the text stops being YAML: the composer comes to the same place and says so. */
    private static boolean hasNext(Iterator<Event> events) {
        try {
            return events.hasNext();
        } catch (MarkedYamlEngineException e) {
            return false;
        }
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final String rule;

        Refused(int line, String rule) {
            super(rule, null, false, false);
            this.line = line;
            this.rule = rule;
        }
    }
}
