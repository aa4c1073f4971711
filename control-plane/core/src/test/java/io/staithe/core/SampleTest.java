package io.staithe.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.staithe.core.model.Entity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SampleTest {
    static Stream<Class<? extends Entity>> entityTypes() {
        return Sample.entityTypes().stream();
    }

    @ParameterizedTest
    @MethodSource("entityTypes")
    void givesValuesOfEveryKindAndTheSameForTheSameSeed(Class<? extends Entity> type) {
        assertEquals(values(7, type), values(7, type));
        assertNotEquals(values(7, type), values(8, type));
    }

    @Test
    void everyKindOccurs() {
        Sample sample = new Sample(1);
        long kinds = Stream.generate(sample::entity)
                .limit(500)
                .map(entity -> entity.key().kind())
                .distinct()
                .count();
        assertEquals(Sample.entityTypes().size(), kinds);
    }

    private static List<? extends Entity> values(long seed, Class<? extends Entity> type) {
        Sample sample = new Sample(seed);
        return Stream.generate(() -> sample.of(type)).limit(20).toList();
    }
}
