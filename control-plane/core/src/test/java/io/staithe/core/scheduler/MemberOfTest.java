package io.staithe.core.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.staithe.core.World;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Invalid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberOfTest {
    private final ContainerInstance host = new World()
            .host(
                    "host",
                    1024,
                    1024,
                    new Attribute("disk", "ssd"),
                    new Attribute("ecs.availability-zone", "a"),
                    new Attribute("gpu", null));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    attribute:disk == ssd                                            | true
                    attribute:disk equals ssd                                        | true
                    attribute:disk == hdd                                            | false
                    attribute:rack == 1                                              | false
                    attribute:disk != ssd                                            | false
                    attribute:disk not_equals hdd                                    | true
                    attribute:rack != 1                                              | true
                    attribute:disk in [hdd, ssd]                                     | true
                    attribute:disk in [hdd]                                          | false
                    attribute:disk in []                                             | false
                    attribute:disk !in [hdd, nvme]                                   | true
                    attribute:disk not_in [hdd, ssd]                                 | false
                    attribute:rack not_in [1]                                        | true
                    attribute:gpu exists                                             | true
                    attribute:rack exists                                            | false
                    attribute:rack !exists                                           | true
                    attribute:gpu not_exists                                         | false
                    attribute:disk==ssd                                              | true
                    attribute:ecs.availability-zone in [a,b] and attribute:gpu exists | true
                    attribute:disk == ssd && attribute:rack exists                   | false
                    attribute:disk == ssd and attribute:gpu exists and attribute:rack !exists | true
                    """)
    void holds(String expression, boolean expected) {
        assertEquals(expected, MemberOf.parse(expression).matches(host));
        assertEquals(expected, MemberOf.parse("  " + expression + " ").matches(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "disk == ssd",
                "attribute: == ssd",
                "attribute:disk",
                "attribute:disk =",
                "attribute:disk ==",
                "attribute:disk ~ ssd",
                "attribute:disk in [ssd",
                "attribute:disk == ssd or attribute:gpu exists",
                "attribute:disk == ssd and",
                "and attribute:disk == ssd",
                "not(attribute:disk == ssd)",
                "task:group == service:web",
            })
    void isRefused(String expression) {
        Invalid refused = assertThrows(Invalid.class, () -> MemberOf.parse(expression));
        assertEquals("expression", refused.field());
    }
}
