package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.staithe.server.aws.ApiError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;

final class PagesTest {
    private static final List<String> ALL = List.of("a", "b", "c", "d");
    private static final ListTasksRequest BY_TWO =
            ListTasksRequest.builder().maxResults(2).build();

    @Test
    void theLastPageHasNoToken() {
        assertNull(Pages.of(ListTasksRequest.builder().build(), ALL, 4).nextToken());
        assertEquals(ALL, Pages.of(ListTasksRequest.builder().build(), ALL, 4).items());
    }

    @Test
    void theNextPageStartsAfterTheLastItemAlsoWhenItemsBeforeItVanish() {
        String token = Pages.of(BY_TWO, ALL, 4).nextToken();
        ListTasksRequest next = BY_TWO.toBuilder().nextToken(token).build();
        assertEquals(List.of("c", "d"), Pages.of(next, ALL, 4).items());
        assertEquals(
                List.of("c", "d"), Pages.of(next, List.of("b", "c", "d"), 4).items());
        assertEquals(List.of("d"), Pages.of(next, List.of("a", "c", "d"), 4).items());
        assertEquals(List.of(), Pages.of(next, List.of(), 4).items());
    }

    @Test
    void aTokenIsOfNoUseForAnotherQuestion() {
        String token = Pages.of(BY_TWO, ALL, 4).nextToken();
        ListTasksRequest other =
                BY_TWO.toBuilder().family("web").nextToken(token).build();
        assertEquals(
                "InvalidParameterException",
                assertThrows(ApiError.class, () -> Pages.of(other, ALL, 4)).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%%%", "AAAA", "MDEyMzQ1Njc4OWFiY2RlZg"})
    void aTokenThatIsNoneIsRefused(String token) {
        ListTasksRequest request = BY_TWO.toBuilder().nextToken(token).build();
        assertEquals(
                "InvalidParameterException",
                assertThrows(ApiError.class, () -> Pages.of(request, ALL, 4)).code());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101})
    void sizesOutOfRangeAreRefused(int size) {
        ListTasksRequest request = ListTasksRequest.builder().maxResults(size).build();
        assertThrows(ApiError.class, () -> Pages.of(request, ALL, 4));
    }
}
