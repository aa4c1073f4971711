package io.staithe.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ContainerInstanceTest {
    private static final ContainerInstance HOST = ContainerInstance.of(
                    new InstanceId("a".repeat(32)), "default", "h1", new Resources(1024, 1024, 0), Instant.EPOCH)
            .but()
            .attributes(List.of(new Attribute("disk", "hdd"), new Attribute("ecs.os-type", "linux")))
            .userAttributes(List.of(new Attribute("rack", null), new Attribute("disk", "ssd")))
            .build();

    @Test
    void whatAUserSaysHidesWhatTheAgentSays() {
        assertEquals(Optional.of("ssd"), HOST.attribute("disk"));
        assertEquals(Optional.of("linux"), HOST.attribute("ecs.os-type"));
        assertEquals(Optional.of(""), HOST.attribute("rack"));
        assertEquals(Optional.empty(), HOST.attribute("zone"));
        assertEquals(
                Optional.of("hdd"), HOST.but().userAttributes(List.of()).build().attribute("disk"));
    }

    @Test
    void allAreInTheOrderOfTheirNamesAndOnce() {
        assertEquals(
                List.of(
                        new Attribute("disk", "ssd"),
                        new Attribute("ecs.os-type", "linux"),
                        new Attribute("rack", null)),
                HOST.allAttributes());
    }
}
