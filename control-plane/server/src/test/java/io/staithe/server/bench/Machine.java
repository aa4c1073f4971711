package io.staithe.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a figure depends on, and is printed with. */
final class Machine {
    private static final long KIB_IN_GIB = 1024 * 1024;

    private Machine() {}

    static String describe() throws IOException {
        return Instant.now().truncatedTo(ChronoUnit.MINUTES) + ", "
                + Runtime.getRuntime().availableProcessors() + " cores ("
                + first("/proc/cpuinfo", "model name\\s*: (.*)")
                + "), " + Long.parseLong(first("/proc/meminfo", "MemTotal: +(\\d+) kB")) / KIB_IN_GIB + " GiB, Linux "
                + Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip() + ", Java "
                + Runtime.version().feature();
    }

    /** Processes that wanted a core, over the last minute. */
    static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }

    private static String first(String file, String pattern) throws IOException {
        Matcher line = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
        return line.find() ? line.group(1) : "?";
    }
}
