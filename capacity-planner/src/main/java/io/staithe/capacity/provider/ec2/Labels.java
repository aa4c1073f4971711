package io.staithe.capacity.provider.ec2;

import io.staithe.capacity.provider.AgentArguments;
import io.staithe.capacity.provider.HostRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The tags by which hosts are found again: EC2 sets them in the same step in which it makes the instance. */
final class Labels {
    static final String HOST = "staithe:host";
    static final String GROUP = "staithe:group";
    static final String OWNER = "staithe:owner";

    private Labels() {}

    static List<Tag> of(HostRequest request, String owner, Map<String, String> more) {
        List<Tag> tags = new ArrayList<>();
        more.forEach((name, value) -> tags.add(tag(name, value)));
        tags.add(tag("Name", AgentArguments.name(request)));
        tags.add(tag(HOST, request.id().value()));
        tags.add(tag(GROUP, request.group()));
        tags.add(tag(OWNER, owner));
        return tags;
    }

    private static Tag tag(String name, String value) {
        return Tag.builder().key(name).value(value).build();
    }

    static Filter filter(String tag, String value) {
        return Filter.builder().name("tag:" + tag).values(value).build();
    }

    static Optional<String> of(Instance instance, String tag) {
        return instance.tags().stream()
                .filter(any -> any.key().equals(tag))
                .map(Tag::value)
                .findFirst();
    }
}
