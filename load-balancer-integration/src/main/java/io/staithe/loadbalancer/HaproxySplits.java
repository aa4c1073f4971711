package io.staithe.loadbalancer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Splits as HAProxy has them: one entry of a map each, so that a change is one command and no request sees half of it. The
 * map is read from its file whenever a worker begins. Keys begin with the fingerprint of the configuration that looks them
 * up: while one follows another, the file holds the entries of both. Pure.
 */
final class HaproxySplits {
    private static final int FINGERPRINT_CHARS = 12;

    /** {@code ADDRESS KEY VALUE}. */
    private static final Pattern SHOWN =
            Pattern.compile("0x[0-9a-f]+ ([0-9a-f]*)/(\\S+) ([0-9]{1,7}(?::[0-9]{1,7}){0,4})");

    private HaproxySplits() {}

    static String key(String fingerprint, String route) {
        return prefix(fingerprint) + "/" + route;
    }

    /** The file for a worker with this configuration alone. */
    static String file(String fingerprint, Map<String, Split> splits) {
        return splits.entrySet().stream()
                .map(split -> key(fingerprint, split.getKey()) + " " + value(split.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    /** The same, for workers with the configurations of {@code former}, which is such a file, as well. */
    static String file(String fingerprint, Map<String, Split> splits, String former) {
        String others = former.lines()
                .filter(line -> !line.startsWith(prefix(fingerprint) + "/"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        return others + file(fingerprint, splits);
    }

    static List<String> commands(Path map, String fingerprint, Map<String, Split> splits) {
        List<String> commands = new ArrayList<>();
        splits.forEach((route, split) ->
                commands.add("set map %s %s %s".formatted(map, key(fingerprint, route), value(split))));
        return commands;
    }

    /** Those of one configuration in an answer to {@code show map}. */
    static Map<String, Split> read(List<String> answer, String fingerprint) {
        Map<String, Split> splits = new TreeMap<>();
        for (String line : answer) {
            if (!line.startsWith("0x")) continue;
            Matcher shown = SHOWN.matcher(line);
            if (shown.matches() && shown.group(1).equals(prefix(fingerprint)))
                splits.put(
                        shown.group(2),
                        new Split(Arrays.stream(shown.group(3).split(":"))
                                .map(Integer::valueOf)
                                .toList()));
        }
        return splits;
    }

    private static String prefix(String fingerprint) {
        return fingerprint.substring(0, Math.min(FINGERPRINT_CHARS, fingerprint.length()));
    }

    private static String value(Split split) {
        return split.bounds().stream().map(String::valueOf).collect(Collectors.joining(":"));
    }
}
