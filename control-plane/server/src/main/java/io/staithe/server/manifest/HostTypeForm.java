package io.staithe.server.manifest;

import io.staithe.core.model.Check;
import io.staithe.core.model.HostType;
import io.staithe.core.model.Resources;
import io.staithe.server.ecs.Shapes;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a host group's price list, as files declare it.
 *
 * @param vcpu cores that the machine has
 * @param memory MiB that it has, or text such as {@code 8 GB}
 * @param resources whatever else it has, by name
 * @param overhead what its system, agent and container runtime keep; absent: nothing
 * @param price dollars an hour
 * @param spotPrice dollars an hour of one that the provider may take back; absent: there is none
 * @param startsIn how long one usually takes until it runs tasks
 */
public record HostTypeForm(
        String name,
        BigDecimal vcpu,
        String memory,
        int gpus,
        Map<String, Integer> resources,
        @Nullable Overhead overhead,
        String architecture,
        List<String> zones,
        BigDecimal price,
        @Nullable BigDecimal spotPrice,
        Duration startsIn,
        @Nullable Integer limit) {
    private static final Map<String, String> NAMES =
            Map.of("microsPerHour", "price", "spotMicrosPerHour", "spotPrice", "startSeconds", "startsIn");

    /** What tasks do not get. */
    public record Overhead(BigDecimal vcpu, String memory) {
        private static @Nullable Overhead of(Resources kept) {
            return kept.equals(Resources.NONE)
                    ? null
                    : new Overhead(Amounts.cores(kept.cpu()), Amounts.mebibytes(kept));
        }

        private Resources read() {
            return Amounts.resources(vcpu, memory, 0, Map.of());
        }
    }

    public HostTypeForm {
        zones = Check.list(zones);
        resources = Check.map(resources);
    }

    static HostTypeForm of(HostType type) {
        Resources size = type.size();
        return new HostTypeForm(
                type.name(),
                Amounts.cores(size.cpu()),
                Amounts.mebibytes(size),
                size.gpus(),
                size.others(),
                Overhead.of(type.overhead()),
                type.architecture(),
                type.zones(),
                Amounts.dollars(type.microsPerHour()),
                type.spotMicrosPerHour() == null ? null : Amounts.dollars(type.spotMicrosPerHour()),
                Duration.ofSeconds(type.startSeconds()),
                type.limit());
    }

    HostType read() {
        Resources size = Amounts.resources(vcpu, memory, gpus, resources);
        Resources kept = overhead == null ? Resources.NONE : Shapes.within("overhead", overhead::read);
        return Amounts.named(
                NAMES,
                () -> new HostType(
                        name,
                        size,
                        kept,
                        architecture,
                        zones,
                        Amounts.micros(price, "price"),
                        spotPrice == null ? null : Amounts.micros(spotPrice, "spotPrice"),
                        Amounts.seconds(startsIn, "startsIn"),
                        limit));
    }
}
