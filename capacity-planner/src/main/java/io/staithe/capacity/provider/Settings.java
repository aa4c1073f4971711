package io.staithe.capacity.provider;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the settings of a host group. What a provider does not know is refused: a slip of the pen must not go unnoticed. */
public final class Settings {
    private final Map<String, String> settings;

    private Settings(Map<String, String> settings) {
        this.settings = settings;
    }

    /**
     * @param known the names there are; one that ends in a dot begins names
     * @throws ProviderException of kind INVALID for any other name
     */
    public static Settings of(HostRequest request, Set<String> known) {
        for (String name : request.settings().keySet())
            if (!known.contains(name) && !known.contains(name.substring(0, name.indexOf('.') + 1)))
                throw invalid(name, "is not known to this provider");
        return new Settings(request.settings());
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(settings.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    public String required(String name) {
        return text(name).orElseThrow(() -> invalid(name, "is required"));
    }

    /** A whole number of 0 or more. */
    public int number(String name, int otherwise) {
        String text = text(name).orElse(null);
        if (text == null) return otherwise;
        if (!text.matches("[0-9]{1,9}")) throw invalid(name, "must be a whole number");
        return Integer.parseInt(text);
    }

    /** What stands between commas and line ends. */
    public List<String> list(String name) {
        List<String> list = new ArrayList<>();
        for (String part : text(name).orElse("").split("[,\n]")) if (!part.isBlank()) list.add(part.strip());
        return list;
    }

    /** {@code NAME=VALUE} between commas and line ends, in their order. */
    public Map<String, String> map(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String part : list(name)) {
            int equals = part.indexOf('=');
            if (equals <= 0) throw invalid(name, "must consist of NAME=VALUE");
            map.put(
                    part.substring(0, equals).strip(),
                    part.substring(equals + 1).strip());
        }
        return map;
    }

    /** The settings whose names begin like this, by the rest of their names. */
    public Map<String, String> beginningWith(String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        settings.forEach((name, value) -> {
            if (name.startsWith(prefix)) found.put(name.substring(prefix.length()), value.strip());
        });
        return found;
    }

    public static ProviderException invalid(String name, String rule) {
        return new ProviderException(ProviderException.Kind.INVALID, "the setting " + name + " " + rule);
    }
}
