package io.staithe.capacity.packing;

import io.staithe.core.model.Resources;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tasks that get no host.
 *
 * @param taskClass their index in the problem
 * @param count how many of the class, at least 1
 * @param cause why
 * @param resource what the roomiest offer has too little of ({@code cpu}, {@code memory}, {@code gpu} or a name), for {@link
 *     Cause#TOO_LARGE}; otherwise empty
 */
public record Unplaced(int taskClass, int count, Cause cause, String resource) {
    /** Why tasks get no host. */
    public enum Cause {
        /** None of the offers may run it. */
        NO_OFFER,
        /** One task is larger than each offer that may run it. */
        TOO_LARGE,
        /** A limit of an offer or of hosts is reached, or the budget. */
        LIMIT
    }

    /** Of a class that fits on no offer, however many hosts are bought. */
    static Optional<Unplaced> tooLarge(int index, TaskClass taskClass, List<Offer> offers) {
        if (taskClass.count() == 0) return Optional.empty();
        if (taskClass.offers().isEmpty())
            return Optional.of(new Unplaced(index, taskClass.count(), Cause.NO_OFFER, ""));
        String scarcest = "";
        double least = Double.POSITIVE_INFINITY;
        for (int offer : taskClass.offers().stream().toArray()) {
            double most = 1;
            String resource = "";
            for (var share : shares(taskClass.needs(), offers.get(offer).room()).entrySet()) {
                if (share.getValue() <= most) continue;
                most = share.getValue();
                resource = share.getKey();
            }
            if (resource.isEmpty()) return Optional.empty();
            if (most < least || scarcest.isEmpty()) scarcest = resource;
            least = Math.min(least, most);
        }
        return Optional.of(new Unplaced(index, taskClass.count(), Cause.TOO_LARGE, scarcest));
    }

    private static TreeMap<String, Double> shares(Resources needs, Resources room) {
        TreeMap<String, Double> shares = new TreeMap<>();
        shares.put("cpu", share(needs.cpu(), room.cpu()));
        shares.put("memory", share(needs.memory(), room.memory()));
        shares.put("gpu", share(needs.gpus(), room.gpus()));
        needs.others().forEach((name, need) -> shares.put(name, share(need, room.other(name))));
        return shares;
    }

    private static double share(int need, int room) {
        return need == 0 ? 0 : (double) need / room;
    }
}
