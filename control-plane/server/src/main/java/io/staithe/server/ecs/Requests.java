package io.staithe.server.ecs;

import io.staithe.core.model.Tag;
import io.staithe.server.aws.ApiError;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.Failure;

/** What every batch operation asks of its request, and what it answers for what is not there. */
final class Requests {
    private Requests() {}

    static void batch(Collection<?> asked, int max, String what) {
        if (asked.isEmpty()) throw ApiError.invalidParameter(what + " cannot be empty.");
        atMost(asked, max, what);
    }

    static void atMost(Collection<?> asked, int max, String what) {
        if (asked.size() > max) throw ApiError.invalidParameter(what + " can have at most " + max + " entries.");
    }

    static String required(@Nullable String value, String what) {
        if (value == null || value.isBlank()) throw ApiError.invalidParameter(what + " cannot be empty.");
        return value;
    }

    static Failure missing(String arn) {
        return failure(arn, "MISSING");
    }

    static Failure failure(String arn, String reason) {
        return Failure.builder().arn(arn).reason(reason).build();
    }

    static Failure failure(String arn, String reason, String detail) {
        return Failure.builder().arn(arn).reason(reason).detail(detail).build();
    }

    static List<Tag> tags(List<? extends SdkPojo> tags) {
        return Shapes.readList(tags, Tag.class, "tags");
    }

    static List<software.amazon.awssdk.services.ecs.model.Tag> tagViews(List<Tag> tags) {
        return Shapes.writeList(tags, software.amazon.awssdk.services.ecs.model.Tag::builder);
    }
}
