package io.staithe.cli.kind;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Every kind there is; the word on the command line that names one. */
public final class Kinds implements ITypeConverter<Kind>, Iterable<String> {
    public static final List<Kind> ALL = List.of(
            Services.KIND,
            Tasks.KIND,
            TaskDefinitions.KIND,
            Clusters.KIND,
            Hosts.KIND,
            Traffic.TARGET_GROUPS,
            Traffic.LISTENERS,
            Traffic.RULES,
            Traffic.LOAD_BALANCERS,
            Schedules.KIND,
            Alarms.KIND,
            Events.KIND);

    @Override
    public Kind convert(String word) {
        return ALL.stream()
                .filter(kind -> kind.isCalled(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("there is no kind " + word + "; there are " + names()));
    }

    /** For the shell's completion. */
    @Override
    public Iterator<String> iterator() {
        return ALL.stream().map(Kind::name).iterator();
    }

    private static String names() {
        return ALL.stream().map(Kind::name).collect(Collectors.joining(", "));
    }
}
