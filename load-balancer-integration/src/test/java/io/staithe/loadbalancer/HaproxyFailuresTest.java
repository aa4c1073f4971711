package io.staithe.loadbalancer;

import static io.staithe.loadbalancer.Tables.group;
import static io.staithe.loadbalancer.Tables.table;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.model.TargetHealth.State;
import io.staithe.loadbalancer.TrafficWorld.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a real proxy can get wrong. */
@Tag("real")
final class HaproxyFailuresTest {
    @TempDir
    private Path temp;

    @Test
    void aConfigurationThatIsRefusedIsNeverLoadedAndTheLastGoodOneIsStartedAgain() throws Exception {
        Path refuses = temp.resolve("refuses");
        try (HaproxyWorld world = new HaproxyWorld(picky(refuses))) {
            EdgeDriver edge = new EdgeDriver(world);
            int port = world.freePort();
            Backend a = world.backend(1, "web");
            edge.carry(table(port, group("web"), a.target()));
            edge.until(() -> edge.state(a) == State.HEALTHY);
            Files.createFile(refuses);
            int loads = world.loads();
            edge.carry(table(port, group("web", 3600), a.target()));
            edge.until(() -> !edge.problems().isEmpty());
            assertEquals(List.of("HAProxy refuses the configuration: no such thing"), edge.problems());
            assertEquals(loads, world.loads());
            assertEquals("1", world.get(port, "x", "/").body());
            world.crash(TrafficWorld.Victim.MASTER);
            edge.until(() -> !edge.observed().running());
            edge.until(() -> world.answers(port));
            Files.delete(refuses);
            edge.until(() -> edge.problems().isEmpty());
            assertEquals("1", world.get(port, "x", "/").body());
        }
    }

    /** HAProxy, but while the file exists it finds every configuration invalid. */
    private Path picky(Path refuses) throws IOException {
        Path binary = temp.resolve("haproxy");
        Files.writeString(binary, """
                #!/bin/sh
                if [ "$1" = -c ] && [ -e %s ]; then echo '[ALERT]    (1) : no such thing'; exit 1; fi
                exec /usr/sbin/haproxy "$@"
                """.formatted(refuses));
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwx------"));
        return binary;
    }
}
