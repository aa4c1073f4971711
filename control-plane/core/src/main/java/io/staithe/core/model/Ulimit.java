package io.staithe.core.model;

import java.util.List;

/** A resource limit of a container's processes. */
public record Ulimit(String name, int softLimit, int hardLimit) {
    public static final List<String> NAMES = List.of(
            "core",
            "cpu",
            "data",
            "fsize",
            "locks",
            "memlock",
            "msgqueue",
            "nice",
            "nofile",
            "nproc",
            "rss",
            "rtprio",
            "rttime",
            "sigpending",
            "stack");

    public Ulimit {
        Check.text(name, "name", 16);
        Check.oneOf(name, NAMES, "name");
        Check.that(
                hardLimit == -1 || (softLimit != -1 && softLimit <= hardLimit),
                "softLimit",
                "must be at most hardLimit");
    }
}
