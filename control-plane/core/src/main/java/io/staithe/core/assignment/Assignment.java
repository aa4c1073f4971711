package io.staithe.core.assignment;

import io.staithe.core.model.Listener;
import io.staithe.core.model.Rule;
import io.staithe.core.model.TargetGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pcollections.TreePMap;

/** Everything that one host is asked to do. Immutable; {@link #applying} and {@link #since} are each other's inverse. */
public final class Assignment {
    public static final Assignment EMPTY = new Assignment(TreePMap.empty());

    private final TreePMap<String, Item> items;

    private Assignment(TreePMap<String, Item> items) {
        this.items = items;
    }

    public static Assignment of(Collection<? extends Item> items) {
        TreePMap<String, Item> all = TreePMap.empty();
        for (Item item : items) all = all.plus(item.id(), item);
        return new Assignment(all);
    }

    /**
     * A difference, or, when {@code full}, everything.
     *
     * @param removed ids of items that are gone; empty when full
     */
    public record Delta(boolean full, List<Item> put, List<String> removed) {
        public Delta {
            put = List.copyOf(put);
            removed = List.copyOf(removed);
        }

        public boolean isEmpty() {
            return !full && put.isEmpty() && removed.isEmpty();
        }
    }

    /** What turns {@code older} into this. */
    public Delta since(Assignment older) {
        List<Item> put = new ArrayList<>();
        items.forEach((id, item) -> {
            if (!item.equals(older.items.get(id))) put.add(item);
        });
        List<String> removed = older.items.keySet().stream()
                .filter(id -> !items.containsKey(id))
                .toList();
        return new Delta(false, put, removed);
    }

    /** All of it, for a host whose knowledge is uncertain. */
    public Delta whole() {
        return new Delta(true, List.copyOf(items.values()), List.of());
    }

    public Assignment applying(Delta delta) {
        TreePMap<String, Item> next = delta.full() ? TreePMap.empty() : items;
        for (String id : delta.removed()) next = next.minus(id);
        for (Item item : delta.put()) next = next.plus(item.id(), item);
        return new Assignment(next);
    }

    public Stream<Item> items() {
        return items.values().stream();
    }

    public Optional<Item> item(String id) {
        return Optional.ofNullable(items.get(id));
    }

    public Stream<AssignedTask> tasks() {
        return all(Item.RunTask.class).map(Item.RunTask::task);
    }

    public RoutingTable routing() {
        List<Listener> listeners =
                all(Item.Listen.class).map(Item.Listen::listener).toList();
        List<Rule> rules = all(Item.Route.class).map(Item.Route::rule).toList();
        List<TargetGroup> groups =
                all(Item.Group.class).map(Item.Group::targetGroup).toList();
        List<Target> targets = all(Item.SendTo.class).map(Item.SendTo::target).toList();
        return new RoutingTable(listeners, rules, groups, targets);
    }

    private <I extends Item> Stream<I> all(Class<I> type) {
        return items().filter(type::isInstance).map(type::cast);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Assignment assignment && items.equals(assignment.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }

    @Override
    public String toString() {
        return "Assignment" + items.keySet();
    }
}
