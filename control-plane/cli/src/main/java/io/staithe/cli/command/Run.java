package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.staithe.cli.Session;
import io.staithe.cli.Staithe;
import io.staithe.cli.api.Api;
import io.staithe.cli.api.Failure;
import io.staithe.cli.kind.Arn;
import io.staithe.cli.kind.TaskDefinitions;
import io.staithe.cli.kind.Tasks;
import io.staithe.cli.view.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "run", description = "Runs a task once.")
public final class Run implements Callable<Integer> {
    @ParentCommand
    private Staithe staithe;

    @Parameters(paramLabel = "TASKDEF", description = "FAMILY (its latest revision) or FAMILY:REVISION")
    private String taskDefinition;

    @Option(names = "--count", paramLabel = "N", description = "how many; 1 to 10")
    private int count = 1;

    @Option(
            names = "--command",
            paramLabel = "WORD...",
            parameterConsumer = Rest.class,
            description = "instead of the container's command: all words that follow, so it comes last")
    private List<String> command = new ArrayList<>();

    @Option(
            names = {"-c", "--container"},
            paramLabel = "NAME",
            description = "which container --command means; the first unless said otherwise")
    private @Nullable String container;

    @Option(
            names = "--priority",
            paramLabel = "N",
            description = "0 to 1000; the higher is placed first, and may take the place of a lower one")
    private int priority;

    @Option(names = "--all-or-nothing", description = "of several, start all at once or none")
    private boolean allOrNothing;

    @Mixin
    private JobOptions job = new JobOptions();

    @Option(names = "--wait", description = "wait for the end, and end with the task's exit code")
    private boolean wait;

    @Option(names = "--timeout", paramLabel = "TIME", converter = DurationConverter.class, description = "how long; 1h")
    private Duration timeout = Duration.ofHours(1);

    /** Takes what is left of the line, options as well: they are the command's, not ours. */
    static final class Rest implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
            List<String> words = new ArrayList<>();
            while (!arguments.isEmpty()) words.add(arguments.pop());
            if (words.isEmpty())
                throw new ParameterException(command.commandLine(), "--command needs the command's words");
            option.setValue(words);
        }
    }

    @Override
    public Integer call() {
        Session session = staithe.session();
        JsonNode answer = session.api().ecs("RunTask", request(session), extras());
        for (JsonNode failure : answer.path("failures"))
            throw new Failure("the task cannot run: " + failure.path("reason").asText() + " "
                    + failure.path("detail").asText());
        List<String> arns = new ArrayList<>();
        answer.path("tasks").forEach(task -> arns.add(task.path("taskArn").asText()));
        if (session.terminal().format().isForPeople())
            arns.forEach(arn -> session.terminal().print("task " + Arn.last(arn)));
        else if (!wait) session.terminal().print(answer.path("tasks"));
        return wait ? follow(session, arns) : 0;
    }

    private ObjectNode request(Session session) {
        ObjectNode request = Api.object()
                .put("cluster", session.cluster())
                .put("taskDefinition", taskDefinition)
                .put("count", count)
                // A retry after a lost answer must not run it twice.
                .put("clientToken", UUID.randomUUID().toString());
        if (command.isEmpty()) return request;
        ObjectNode override =
                request.putObject("overrides").putArray("containerOverrides").addObject();
        override.put("name", container != null ? container : firstContainer(session));
        ArrayNode words = override.putArray("command");
        command.forEach(words::add);
        return request;
    }

    private Map<String, String> extras() {
        List<String> words = new ArrayList<>();
        if (priority != 0 || allOrNothing) words.add("priority=" + priority + ",allOrNothing=" + allOrNothing);
        words.addAll(job.words());
        return words.isEmpty() ? Map.of() : Map.of("x-staithe-run", String.join(",", words));
    }

    private String firstContainer(Session session) {
        return TaskDefinitions.find(session, taskDefinition)
                .path("containerDefinitions")
                .path(0)
                .path("name")
                .asText();
    }

    private int follow(Session session, List<String> arns) {
        Progress progress = new Progress(session.terminal());
        List<JsonNode> ended = new ArrayList<>();
        session.await(timeout, "the task has not ended", () -> {
            List<JsonNode> tasks = Tasks.described(session, session.cluster(), arns);
            Map<String, String> lines = new LinkedHashMap<>();
            tasks.forEach(task -> lines.put(Arn.shortId(task.path("taskArn").asText()), line(session, task)));
            if (session.terminal().format().isForPeople()) progress.show(lines);
            boolean done = tasks.size() == arns.size() && tasks.stream().allMatch(Run::isStopped);
            if (job.areGiven() && done) done = jobsAreOver(session, arns);
            if (done) ended.addAll(tasks);
            return done;
        });
        if (!session.terminal().format().isForPeople()) {
            ArrayNode data = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
            session.terminal().print(data.addAll(ended));
        }
        return ended.stream()
                .mapToInt(Run::exitCode)
                .filter(code -> code != 0)
                .findFirst()
                .orElse(0);
    }

    /** A job's next task takes the place of one that failed. */
    private static boolean jobsAreOver(Session session, List<String> arns) {
        boolean over = true;
        for (int i = 0; i < arns.size(); i++) {
            String arn = arns.get(i);
            JsonNode its = JobOptions.of(session, arn);
            over &= !its.path("status").asText().equals("ACTIVE");
            String newest = its.path("task").asText(Arn.last(arn));
            if (!newest.equals(Arn.last(arn))) over = false;
            arns.set(i, arn.substring(0, arn.lastIndexOf('/') + 1) + newest);
        }
        return over;
    }

    private static boolean isStopped(JsonNode task) {
        return task.path("lastStatus").asText().equals("STOPPED");
    }

    private static String line(Session session, JsonNode task) {
        String state = session.terminal().state(task.path("lastStatus").asText());
        String reason = task.path("stoppedReason").asText().replaceAll("\\p{Cntrl}+", " ");
        StringBuilder line = new StringBuilder(state);
        for (JsonNode container : task.path("containers"))
            if (container.hasNonNull("exitCode"))
                line.append("  ")
                        .append(container.path("name").asText())
                        .append(" ended with ")
                        .append(container.path("exitCode").asInt());
        return reason.isEmpty() ? line.toString() : line + "  " + reason;
    }

    /** The first code that is not 0; 1 when a container never came to run, 0 when all went well. */
    private static int exitCode(JsonNode task) {
        boolean all = true;
        for (JsonNode container : task.path("containers")) {
            if (container.path("exitCode").asInt() != 0)
                return container.path("exitCode").asInt();
            all &= container.hasNonNull("exitCode");
        }
        return all ? 0 : 1;
    }
}
