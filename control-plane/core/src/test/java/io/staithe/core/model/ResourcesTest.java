package io.staithe.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Containers;
import io.staithe.core.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResourcesTest {
    private static final Resources HOST = new Resources(1024, 2048, 2, Map.of("LICENSE", 3, "fpga", 1));

    @Test
    void namedResourcesAddUpAndGoBack() {
        Resources task = new Resources(128, 256, 1, Map.of("LICENSE", 2, "sgx", 4));
        Resources left = HOST.minus(task);
        assertEquals(new Resources(896, 1792, 1, Map.of("LICENSE", 1, "fpga", 1, "sgx", -4)), left);
        assertEquals(HOST, left.plus(task));
        assertEquals(3, HOST.other("LICENSE"));
        assertEquals(0, HOST.other("sgx"));
    }

    @Test
    void fitsOnlyWithEveryNamedResource() {
        assertTrue(new Resources(0, 0, 0, Map.of("LICENSE", 3)).fitsIn(HOST));
        assertFalse(new Resources(0, 0, 0, Map.of("LICENSE", 4)).fitsIn(HOST));
        assertFalse(new Resources(0, 0, 0, Map.of("sgx", 1)).fitsIn(HOST));
        assertFalse(new Resources(0, 0, 3).fitsIn(HOST));
        assertTrue(new Resources(1024, 2048, 2).fitsIn(HOST));
    }

    @Test
    void noneOfSomethingIsTheSameAsNotNamingIt() {
        assertEquals(Resources.NONE, new Resources(0, 0, 0, Map.of("LICENSE", 0)));
        assertEquals(Resources.NONE, HOST.minus(HOST));
    }

    @Test
    void namesAreInOrderAndCannotBeChanged() {
        Resources many = new Resources(0, 0, 0, Map.of("c", 1, "a", 1, "b", 1));
        assertEquals(List.of("a", "b", "c"), List.copyOf(many.others().keySet()));
        assertThrows(UnsupportedOperationException.class, () -> many.others().put("d", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1st", "a b", "a/b", "GPU", "cpu", "Memory", "PORTS_UDP", "InferenceAccelerator"})
    void otherNamesAreRefused(String name) {
        Invalid invalid = assertThrows(Invalid.class, () -> new Resources(0, 0, 0, Map.of(name, 1)));
        assertEquals("others", invalid.field());
    }

    @Test
    void aTaskReservesWhatItsContainersAskFor() {
        TaskDefinition definition = new World()
                .definition(
                        "web",
                        1,
                        64,
                        Containers.asking(
                                new ResourceRequirement("2", "GPU"),
                                new ResourceRequirement("1", "LICENSE"),
                                new ResourceRequirement("3", "LICENSE")));
        assertEquals(new Resources(128, 64, 2, Map.of("LICENSE", 4)), definition.reserved());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "one", "1000000", ""})
    void aRequirementIsAWholeNumber(String value) {
        assertEquals(
                "value",
                assertThrows(Invalid.class, () -> new ResourceRequirement(value, "LICENSE"))
                        .field());
    }

    @ParameterizedTest
    @ValueSource(strings = {"InferenceAccelerator", "gpu", "CPU", "a b", ""})
    void aRequirementNamesAResource(String type) {
        assertEquals(
                "type",
                assertThrows(Invalid.class, () -> new ResourceRequirement("1", type))
                        .field());
    }
}
