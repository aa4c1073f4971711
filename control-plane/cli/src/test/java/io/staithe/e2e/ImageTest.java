package io.staithe.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerImage;

/** Which image runs is what a deployment has found under a tag once, wherever the tag has moved to. */
@Tag("e2e")
@ExtendWith(ShowLogs.class)
class ImageTest {
    private static final String NAME = "one-image";
    private static final Duration SOON = Duration.ofMinutes(1);

    private final RunningSystem system = RunningSystem.get();

    @Test
    void aTagThatMovesMovesNoDeployment(@TempDir Path folder) throws IOException {
        try (ImageRegistry registry = new ImageRegistry(folder);
                WebService web = new WebService(NAME);
                EcsClient ecs = system.ecs()) {
            String image = registry.image("team/hello:1");
            registry.push(image, "first");
            web.apply(image, 1, "--wait", "--timeout", "60s");
            web.awaitServing(1);
            String first = web.described().deployments().get(0).id().replace("ecs-svc/", "");
            Set<String> before = digests(web);

            registry.push(image, "second");
            web.apply(image, 3, "--wait", "--timeout", "60s");
            answersAre(web, "first");
            assertEquals(before, digests(web));
            assertEquals(1, before.size());
            assertEquals(before, digestsOfRevision(web, ecs));

            ecs.updateService(request -> request.service(NAME).forceNewDeployment(true));
            awaitAnswer(web, "second");
            answersAre(web, "second");
            assertEquals(1, digests(web).size());
            assertNotEquals(before, digests(web));

            system.staithe("deploy", "rollback", NAME, "--to", first);
            awaitAnswer(web, "first");
            answersAre(web, "first");
            assertEquals(before, digests(web));
        }
    }

    private static void awaitAnswer(WebService web, String name) {
        Await.until("image " + name, SOON, () -> {
            try {
                return Http.get(web.port).startsWith("Hello from " + name);
            } catch (IOException notNow) {
                return false;
            }
        });
    }

    private static void answersAre(WebService web, String name) throws IOException {
        web.awaitServing(3);
        for (int i = 0; i < 9; i++) {
            String answer = Http.get(web.port);
            assertTrue(answer.startsWith("Hello from " + name), answer);
        }
    }

    private static Set<String> digests(WebService web) {
        return web.tasks().stream()
                .flatMap(task -> task.containers().stream())
                .map(Container::imageDigest)
                .collect(Collectors.toSet());
    }

    private static Set<String> digestsOfRevision(WebService web, EcsClient ecs) {
        String arn = web.described().currentServiceRevisions().get(0).arn();
        return ecs.describeServiceRevisions(request -> request.serviceRevisionArns(arn)).serviceRevisions().stream()
                .flatMap(revision -> revision.containerImages().stream())
                .map(ContainerImage::imageDigest)
                .collect(Collectors.toSet());
    }
}
