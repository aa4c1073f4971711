package io.staithe.agent.task;

import io.staithe.agent.container.Container;
import io.staithe.core.model.TaskId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** This agent's containers that belong to no task it knows. */
final class Strays {
    private final Map<String, Stray> strays = new LinkedHashMap<>();

    private record Stray(Container seen, Work work) {}

    void observe(Collection<Container> unknown, long mark) {
        Map<String, Container> shown = new LinkedHashMap<>();
        unknown.forEach(container -> shown.put(container.id(), container));
        strays.entrySet()
                .removeIf(stray -> !shown.containsKey(stray.getKey())
                        && !stray.getValue().work().isNewerThan(mark));
        shown.forEach((id, container) -> {
            Stray known = strays.get(id);
            if (known == null) strays.put(id, new Stray(container, new Work()));
            else if (!known.work().isNewerThan(mark)) strays.put(id, new Stray(container, known.work()));
        });
    }

    /** Gives up what belongs to a task that has become known. */
    List<Container> claim(TaskId task) {
        List<Container> claimed = new ArrayList<>();
        strays.values().removeIf(stray -> {
            if (!stray.seen().task().equals(task) || stray.work().isBusy()) return false;
            claimed.add(stray.seen());
            return true;
        });
        return claimed;
    }

    /** Nobody asked for them: stops and removes them. */
    void end(Round round) {
        strays.values().forEach(stray -> end(stray, round));
    }

    private void end(Stray stray, Round round) {
        Container container = stray.seen();
        Action action = container.isAlive() && !container.isNetworkHolder()
                ? new Action.Stop(container.task(), container.name(), container.id(), Limits.STRAY_STOP_TIMEOUT)
                : new Action.Remove(container.task(), container.name(), container.id());
        round.issue(action, stray.work(), (outcome, mark, now) -> {
            if (outcome.failure() != null) stray.work().failed(outcome.failure(), mark, now);
            else {
                stray.work().succeeded(mark);
                if (outcome.container() == null) strays.remove(container.id());
                else strays.put(container.id(), new Stray(outcome.container(), stray.work()));
            }
        });
    }

    Stream<String> imageIds() {
        return strays.values().stream().map(stray -> stray.seen().imageId());
    }
}
