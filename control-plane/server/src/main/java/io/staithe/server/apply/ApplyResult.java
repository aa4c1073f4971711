package io.staithe.server.apply;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What applying did, or would do.
 *
 * @param revision of the state: after it was applied, or, in a dry run, that the plan was made on
 * @param tasks what would become of tasks: only in a dry run
 * @param hosts that would be bought and given back: only in a dry run
 * @param capacity what capacity providers would cost then, and what finds no host: only in a dry run
 * @param notes what the user should know beside the changes
 */
public record ApplyResult(
        long revision,
        boolean dryRun,
        List<ObjectChange> changes,
        TaskChanges tasks,
        List<HostChange> hosts,
        Capacity capacity,
        List<String> notes) {
    public ApplyResult {
        changes = List.copyOf(changes);
        hosts = List.copyOf(hosts);
        notes = List.copyOf(notes);
    }

    /**
     * @param kind such as {@code Service}
     * @param name such as {@code default/web}
     * @param action {@code create}, {@code update}, {@code unchanged}; deleting: {@code delete}, {@code absent},
     *     {@code waits} (goes once tasks that are stopping have stopped), {@code kept} (does not go by itself)
     * @param why why it waits or is kept; of a service, what comes before it is gone
     */
    public record ObjectChange(
            String kind,
            String name,
            String action,
            String arn,
            List<Difference> differences,
            @Nullable String why) {
        public ObjectChange {
            differences = List.copyOf(differences);
        }
    }

    /**
     * Hosts that are alike.
     *
     * @param action {@code buy} or {@code give back}
     * @param type the host type's name
     * @param count how many
     * @param costPerHour dollars, of all of them
     * @param why for which tasks the first was bought
     * @param whyType why it is of this type; empty: it is not known any more
     */
    public record HostChange(
            String action,
            String type,
            String capacityProvider,
            String hostGroup,
            int count,
            BigDecimal costPerHour,
            String why,
            String whyType) {}

    /** @param providers those for which hosts would be bought */
    public record Capacity(List<ProviderCost> providers, List<NoHost> noHost) {
        public static final Capacity NONE = new Capacity(List.of(), List.of());
    }

    /**
     * What a capacity provider would buy for a cluster.
     *
     * @param hosts how many
     * @param costPerHour dollars, of those
     * @param lowerBoundPerHour what hosts for the tasks on them cannot cost less than, however they are packed
     * @param totalPerHour dollars, of all its hosts in the cluster then
     */
    public record ProviderCost(
            String cluster,
            String capacityProvider,
            String hostGroup,
            int hosts,
            BigDecimal costPerHour,
            BigDecimal lowerBoundPerHour,
            BigDecimal totalPerHour) {}

    /**
     * Why tasks would wait though hosts can be bought.
     *
     * @param code such as {@code BUDGET}
     */
    public record NoHost(String cluster, String capacityProvider, String code, String why, int tasks) {}

    /** @param move those that the mover would replace on other hosts; they are neither in {@code start} nor in {@code stop} */
    public record TaskChanges(List<Start> start, List<Stop> stop, List<Move> move, List<Wait> waiting) {
        public static final TaskChanges NONE = new TaskChanges(List.of(), List.of(), List.of(), List.of());
    }

    public record Start(String task, @Nullable String service, String host, String why) {}

    public record Stop(String task, @Nullable String service, String why) {}

    /** @param why what becomes better */
    public record Move(String task, @Nullable String service, String from, String to, String why) {}

    public record Wait(String task, @Nullable String service, String why) {}
}
