package io.staithe.server.ecs;

import io.staithe.core.model.Fingerprint;
import io.staithe.server.aws.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Lists in pages. A page's token says where the next one starts and for which question: it is of no use with another one.
 */
public final class Pages {
    static final int MAX_RESULTS = 100;

    private static final List<String> NOT_THE_QUESTION = List.of("nextToken", "maxResults");
    private static final int MARK_DIGITS = 16;
    private static final Pattern PLACE = Pattern.compile("([0-9]{1,9}):(.+)");

    private Pages() {}

    /** @param nextToken absent: this page is the last */
    public record Page(List<String> items, @Nullable String nextToken) {}

    /**
     * The part of {@code all} that {@code request} asks for with its {@code nextToken} and {@code maxResults}.
     *
     * @param all what is listed, in the order of listing: ARNs or names, each once
     * @param defaultSize of a page for which {@code maxResults} is absent
     * @throws ApiError InvalidParameterException for a token of another question, or a size that is out of range
     */
    public static Page of(SdkPojo request, List<String> all, int defaultSize) {
        int size = size((Integer) value(request, "maxResults"), defaultSize);
        String question = question(request);
        int from = start((String) value(request, "nextToken"), question, all);
        int to = Math.min(all.size(), from + size);
        String next = to < all.size() ? token(question, to, all.get(to - 1)) : null;
        return new Page(all.subList(from, to), next);
    }

    private static int size(@Nullable Integer asked, int defaultSize) {
        if (asked == null) return defaultSize;
        if (asked < 1 || asked > MAX_RESULTS)
            throw ApiError.invalidParameter("maxResults must be between 1 and " + MAX_RESULTS + ".");
        return asked;
    }

    /** Where the page begins: after the last item of the one before, or, when that is gone, at its place. */
    private static int start(@Nullable String token, String question, List<String> all) {
        if (token == null) return 0;
        Matcher place = place(token, question);
        int last = all.indexOf(place.group(2));
        return last >= 0 ? last + 1 : Math.min(all.size(), Integer.parseInt(place.group(1)));
    }

    private static String token(String question, int position, String last) {
        String plain = question + position + ":" + last;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static Matcher place(String token, String question) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            Matcher place = PLACE.matcher(plain.startsWith(question) ? plain.substring(MARK_DIGITS) : "");
            if (place.matches()) return place;
        } catch (IllegalArgumentException notBase64) {
            throw invalidToken();
        }
        throw invalidToken();
    }

    private static ApiError invalidToken() {
        return ApiError.invalidParameter("Invalid token: it is not of this list.");
    }

    private static String question(SdkPojo request) {
        StringBuilder asked = new StringBuilder(request.getClass().getSimpleName());
        SdkFields.of(request).forEach((name, field) -> {
            if (!NOT_THE_QUESTION.contains(name))
                asked.append('\n').append(name).append('=').append(Objects.toString(field.getValueOrDefault(request)));
        });
        return Fingerprint.of(asked.toString()).hex(MARK_DIGITS);
    }

    private static @Nullable Object value(SdkPojo request, String name) {
        SdkField<?> field = SdkFields.of(request).get(name);
        return field == null ? null : field.getValueOrDefault(request);
    }
}
