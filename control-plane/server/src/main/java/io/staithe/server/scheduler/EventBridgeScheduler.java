package io.staithe.server.scheduler;

import io.staithe.core.model.Invalid;
import io.staithe.server.aws.Api;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Operation;
import io.staithe.server.aws.RestRoute;
import io.staithe.server.ecs.Commits;
import io.staithe.server.ecs.Ids;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.GetScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.ListSchedulesRequest;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleRequest;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** The operations of EventBridge Scheduler that are served, and where its REST API has them. */
public final class EventBridgeScheduler {
    private static final String LIST = "/schedules";
    private static final String ONE = "/schedules/{Name}";

    private final ScheduleWriting writing;
    private final ScheduleQueries queries;

    public EventBridgeScheduler(Commits commits, Ids ids) {
        writing = new ScheduleWriting(commits, ids);
        queries = new ScheduleQueries(commits);
    }

    public Api api() {
        return Api.rest(
                "scheduler",
                List.of(
                        route("POST", ONE, "CreateSchedule", CreateScheduleRequest::builder, writing::create),
                        route("PUT", ONE, "UpdateSchedule", UpdateScheduleRequest::builder, writing::update),
                        route("DELETE", ONE, "DeleteSchedule", DeleteScheduleRequest::builder, writing::delete),
                        route("GET", ONE, "GetSchedule", GetScheduleRequest::builder, queries::get),
                        route("GET", LIST, "ListSchedules", ListSchedulesRequest::builder, queries::list)));
    }

    private static <I extends SdkPojo, O extends SdkPojo> RestRoute route(
            String method,
            String template,
            String name,
            Supplier<? extends SdkBuilder<?, I>> request,
            Operation.Handler<I, O> handler) {
        return new RestRoute(method, template, new Operation<I, O>(name, request, (asked, caller) -> {
            try {
                return handler.handle(asked, caller);
            } catch (Invalid invalid) {
                throw validation(String.valueOf(invalid.getMessage()));
            } catch (ApiError error) {
                throw inItsWords(error);
            }
        }));
    }

    static ApiError validation(String message) {
        return ApiError.badRequest("ValidationException", message);
    }

    /** The rules are shared with ECS's API, whose exceptions this one has other names for. */
    private static ApiError inItsWords(ApiError error) {
        return switch (error.code()) {
            case "ConflictException" -> new ApiError(error.code(), 409, error.message());
            case "ResourceNotFoundException" -> new ApiError(error.code(), 404, error.message());
            case "ServerException" -> new ApiError("InternalServerException", 500, error.message());
            case "InvalidParameterException", "ClientException", "ClusterNotFoundException" ->
                validation(error.message());
            default -> error;
        };
    }
}
