package io.staithe.capacity.planner;

import io.staithe.capacity.packing.Offer;
import io.staithe.core.capacity.ExpectedHost;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.HostType;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.TaskId;
import io.staithe.core.scheduler.Demand;
import io.staithe.core.scheduler.Fleet;
import io.staithe.core.scheduler.Host;
import io.staithe.core.scheduler.Scheduler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be bought for a capacity provider, and which tasks the scheduler would put there: by the numbers of choices. */
final class Catalogue {
    /** A type of host in a zone, at what it costs. */
    record Choice(HostType type, @Nullable String zone, long price) {}

    private final Buying buying;
    private final List<Choice> choices = new ArrayList<>();
    /** Of each choice an empty host, for the scheduler to be asked about. */
    private final List<Host> empty = new ArrayList<>();

    /** @param others hosts that are not for sale; they get the numbers after those that are */
    Catalogue(Buying buying, List<ContainerInstance> others) {
        this.buying = buying;
        for (HostType type : buying.group.types())
            buying.price(type).ifPresent(price -> {
                if (type.zones().isEmpty()) choices.add(new Choice(type, null, price));
                else type.zones().forEach(zone -> choices.add(new Choice(type, zone, price)));
            });
        List<ContainerInstance> imagined = new ArrayList<>();
        for (int number = 0; number < choices.size(); number++) imagined.add(imagined(number, choices.get(number)));
        imagined.addAll(others);
        Map<InstanceId, Host> byId = new HashMap<>();
        Fleet.of(Imagined.only(buying.cluster, imagined), buying.cluster)
                .hosts()
                .forEach(host -> byId.put(host.instance().id(), host));
        imagined.stream()
                .flatMap(host -> Stream.ofNullable(byId.get(host.id())))
                .forEach(empty::add);
    }

    private ContainerInstance imagined(int number, Choice choice) {
        return ExpectedHost.of(
                new InstanceId(TaskId.from("imagined/" + number).value()),
                buying.cluster,
                choice.type.name(),
                choice.type.offered(),
                choice.type.architecture(),
                choice.zone,
                Instant.EPOCH,
                buying.provider,
                false);
    }

    /** How many there are for sale. */
    int size() {
        return choices.size();
    }

    Choice get(int number) {
        return choices.get(number);
    }

    BitSet usableBy(Demand demand) {
        BitSet usable = new BitSet();
        for (int number = 0; number < empty.size(); number++)
            if (Scheduler.veto(demand, empty.get(number)).isEmpty()) usable.set(number);
        return usable;
    }

    /** One in several zones is several offers: what is bought beyond the limit is seen when it is bought. */
    List<Offer> offers() {
        return choices.stream()
                .map(choice -> new Offer(
                        choice.type.name(), choice.type.offered(), choice.price, buying.allowance.left(choice.type)))
                .toList();
    }

    static void buy(Buying buying, Choice choice, String facts, String why, String whyType) {
        buying.add(
                choice.type,
                choice.type.offered(),
                choice.type.architecture(),
                choice.zone,
                choice.price,
                facts,
                why,
                whyType);
    }
}
