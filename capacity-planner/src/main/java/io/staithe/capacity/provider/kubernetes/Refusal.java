package io.staithe.capacity.provider.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.staithe.capacity.provider.ProviderException;
import io.staithe.capacity.provider.ProviderException.Kind;

/** What the API server's answers mean. */
final class Refusal {
    private static final int CONFLICT = 409;

    private Refusal() {}

    /** Whether there is one of that name already; of other conflicts, such as one about a quota, the reason is Conflict. */
    static boolean isOfAName(KubernetesClientException failure) {
        return failure.getCode() == CONFLICT
                && (failure.getStatus() == null
                        || !"Conflict".equals(failure.getStatus().getReason()));
    }

    static ProviderException of(KubernetesClientException failure) {
        String said = failure.getStatus() == null ? null : failure.getStatus().getMessage();
        String text = said == null ? String.valueOf(failure.getMessage()) : said;
        return new ProviderException(kind(failure.getCode(), text), "Kubernetes: " + text, failure);
    }

    static Kind kind(int code, String text) {
        return switch (code) {
            // A quota is told as a lack of permission, and by its text alone.
            case 403 -> text.contains("exceeded quota") ? Kind.LIMIT : Kind.CREDENTIALS;
            case 401 -> Kind.CREDENTIALS;
            case 429 -> Kind.THROTTLED;
            // The namespace is not there, or what was asked for cannot be.
            case 400, 404, 422 -> Kind.INVALID;
            default -> Kind.UNKNOWN;
        };
    }
}
