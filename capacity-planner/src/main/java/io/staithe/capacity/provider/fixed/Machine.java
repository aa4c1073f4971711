package io.staithe.capacity.provider.fixed;

import io.staithe.capacity.provider.HostRequest;
import io.staithe.capacity.provider.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A machine that can be woken.
 *
 * @param name what the commands know it by
 * @param type the host type of which it is
 * @param zone absent: it is in none
 */
record Machine(String name, String type, @Nullable String zone) {
    static final String SETTING = "machines";
    static final int MAX_NAME_CHARS = 253;

    /** The machines of a group: {@code NAME TYPE [ZONE]} in each line, or between commas. */
    static List<Machine> of(HostRequest request) {
        Settings settings = Settings.of(request, Set.of(SETTING));
        settings.required(SETTING);
        List<Machine> machines = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String line : settings.list(SETTING)) {
            String[] words = line.split("\\s+");
            if (words.length < 2 || words.length > 3)
                throw Settings.invalid(SETTING, "must consist of NAME TYPE [ZONE]: " + line);
            if (words[0].length() > MAX_NAME_CHARS || words[0].startsWith("-"))
                throw Settings.invalid(SETTING, "must name machines in up to 253 characters without a leading hyphen");
            if (!names.add(words[0])) throw Settings.invalid(SETTING, "must not name " + words[0] + " twice");
            machines.add(new Machine(words[0], words[1], words.length == 3 ? words[2] : null));
        }
        return machines;
    }

    boolean suits(HostRequest request) {
        return type.equals(request.type())
                && (request.zone() == null || request.zone().equals(zone));
    }
}
