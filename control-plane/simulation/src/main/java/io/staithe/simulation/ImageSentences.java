package io.staithe.simulation;

import static io.staithe.simulation.Language.mustBe;
import static io.staithe.simulation.Language.number;

import io.staithe.agent.container.Container;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** Where tags move, and which images tasks really run, in sentences. */
final class ImageSentences {
    private final Stage stage;
    private final Map<String, Set<String>> remembered = new HashMap<>();

    private ImageSentences(Stage stage) {
        this.stage = stage;
    }

    static void in(Language language, Stage stage) {
        ImageSentences here = new ImageSentences(stage);
        language.say("force (\\S+)", m -> stage.user.force(here.service(m)));
        language.say("the tag of (\\S+) moves", m -> stage.network.registry.push(here.tag(m)));
        language.say("the tag of (\\S+) moves in a moment", here::pushInAMoment);
        language.say("remember the image of (\\S+)", m -> here.remembered.put(m.group(1), here.images(m)));
        language.say(
                "(\\S+) runs (\\d+) images?",
                m -> mustBe(number(m, 2), here.images(m).size(), m));
        language.say(
                "the image of (\\S+) is( not)? as remembered",
                m -> mustBe(m.group(2) == null, here.images(m).equals(here.remembered.get(m.group(1))), m));
    }

    private Service service(Matcher m) {
        return stage.user.service(m.group(1)).orElseThrow(() -> new Violation("scenario", "there is no " + m.group(1)));
    }

    private String tag(Matcher m) {
        return stage.store
                .state()
                .taskDefinition(service(m).revision().taskDefinition())
                .orElseThrow()
                .containerDefinitions()
                .get(0)
                .image();
    }

    /** When the first tasks have begun to fetch their images. */
    private void pushInAMoment(Matcher m) {
        String tag = tag(m);
        stage.timeline.after(Duration.ofMillis(300), () -> stage.network.registry.push(tag));
    }

    /** What the containers of a service's running tasks are made from, tags aside. */
    private Set<String> images(Matcher m) {
        Set<TaskId> running = stage.store
                .state()
                .tasksOf(new ServiceId("default", m.group(1)))
                .filter(task -> task.isActive() && task.lastStatus() == LastStatus.RUNNING)
                .map(Task::id)
                .collect(Collectors.toSet());
        return stage.network.hosts.stream()
                .flatMap(host -> host.containers().stream())
                .filter(container -> container.isAlive() && running.contains(container.task()))
                .map(Container::imageId)
                .collect(Collectors.toSet());
    }
}
