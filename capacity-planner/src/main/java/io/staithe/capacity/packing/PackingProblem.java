package io.staithe.capacity.packing;

import java.util.List;

/**
 * What is to be packed, and what may be bought for it.
 *
 * @param classes the tasks without a host
 * @param offers what can be bought
 * @param open hosts that are used first, as they cost nothing more
 * @param hostLimit how many hosts may be bought, of all offers together; at least 0
 * @param budgetMicrosPerHour what they may cost together, in millionths of a dollar an hour; at least 0
 */
public record PackingProblem(
        List<TaskClass> classes, List<Offer> offers, List<OpenHost> open, int hostLimit, long budgetMicrosPerHour) {
    public PackingProblem {
        classes = List.copyOf(classes);
        offers = List.copyOf(offers);
        open = List.copyOf(open);
        if (hostLimit < 0) throw new IllegalArgumentException("hostLimit must not be negative: " + hostLimit);
        if (budgetMicrosPerHour < 0)
            throw new IllegalArgumentException("budgetMicrosPerHour must not be negative: " + budgetMicrosPerHour);
        int known = offers.size();
        if (open.stream().anyMatch(host -> host.offer() < 0 || host.offer() >= known))
            throw new IllegalArgumentException("an open host is of no offer");
        if (classes.stream().anyMatch(taskClass -> taskClass.offers().length() > known))
            throw new IllegalArgumentException("a class of tasks may use an offer that is not there");
    }

    /** Nothing is open, nothing limited. */
    public PackingProblem(List<TaskClass> classes, List<Offer> offers) {
        this(classes, offers, List.of(), Offer.UNLIMITED, Long.MAX_VALUE);
    }
}
