package io.staithe.server.aws;

import io.staithe.core.model.Invalid;

/**
 * An error of an API that its caller reads: the exception's name in the API's model, words for a human, and the HTTP status.
 * It has no stack trace, because it is an answer and not a fault.
 */
public final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;

    public ApiError(String code, int status, String message) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
    }

    /** The exception's name in the API's model, such as {@code ClusterNotFoundException}. */
    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    /** The caller's mistake, under the name {@code code}. */
    public static ApiError badRequest(String code, String message) {
        return new ApiError(code, 400, message);
    }

    /** Not now, or not here; asking again later may help. */
    public static ApiError unavailable(String message) {
        return new ApiError("ServiceUnavailableException", 503, message);
    }

    // ECS's exceptions, with ECS's words where they never vary.

    /** ECS's word for what a task definition or a task must not be. */
    public static ApiError client(String message) {
        return badRequest("ClientException", message);
    }

    public static ApiError invalidParameter(String message) {
        return badRequest("InvalidParameterException", message);
    }

    /** A value that the model refuses. */
    public static ApiError invalidParameter(Invalid invalid) {
        return invalidParameter(String.valueOf(invalid.getMessage()));
    }

    public static ApiError accessDenied(String message) {
        return badRequest("AccessDeniedException", message);
    }

    public static ApiError clusterNotFound() {
        return badRequest("ClusterNotFoundException", "Cluster not found.");
    }

    public static ApiError clusterContainsServices() {
        return badRequest(
                "ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.");
    }

    public static ApiError clusterContainsTasks() {
        return badRequest("ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.");
    }

    public static ApiError clusterContainsContainerInstances() {
        return badRequest(
                "ClusterContainsContainerInstancesException",
                "The Cluster cannot be deleted while Container Instances are active or draining.");
    }

    public static ApiError serviceNotFound() {
        return badRequest("ServiceNotFoundException", "Service not found.");
    }

    public static ApiError serviceNotActive() {
        return badRequest("ServiceNotActiveException", "Service was not ACTIVE.");
    }

    public static ApiError serviceDeploymentNotFound() {
        return badRequest("ServiceDeploymentNotFoundException", "Service deployment not found.");
    }

    public static ApiError resourceNotFound(String message) {
        return badRequest("ResourceNotFoundException", message);
    }

    public static ApiError resourceInUse(String message) {
        return badRequest("ResourceInUseException", message);
    }

    public static ApiError targetNotFound(String message) {
        return badRequest("TargetNotFoundException", message);
    }

    public static ApiError attributeLimitExceeded(String message) {
        return badRequest("AttributeLimitExceededException", message);
    }

    public static ApiError limitExceeded(String message) {
        return badRequest("LimitExceededException", message);
    }

    public static ApiError updateInProgress(String message) {
        return badRequest("UpdateInProgressException", message);
    }

    /** Also what a client token answers that was used with other parameters. */
    public static ApiError conflict(String message) {
        return badRequest("ConflictException", message);
    }

    public static ApiError unsupportedFeature(String message) {
        return badRequest("UnsupportedFeatureException", message);
    }

    /** Not the caller's mistake, and worth a retry: SDKs repeat it by themselves. */
    public static ApiError server(String message) {
        return new ApiError("ServerException", 500, message);
    }
}
