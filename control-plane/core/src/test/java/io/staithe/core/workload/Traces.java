package io.staithe.core.workload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** Recorded hosts and tasks: {@code NAME.csv.gz} files of a folder, with a heading that names the columns. */
public final class Traces {
    private static final String OPENB = "alibaba_gpu2023_openb_";
    private static final int UNITS_PER_CORE = 1024;
    private static final int MILLIS_PER_CORE = 1000;

    private final Path folder;

    public Traces(Path folder) {
        this.folder = folder;
    }

    public boolean areThere() {
        return Files.isDirectory(folder);
    }

    /**
     * Tasks made with Fargate's sizes: columns {@code cpu_units} and {@code memory_mib}.
     *
     * @throws IOException when the file is not there or a line of it is not understood
     */
    public List<TaskShape> synthetic(String name) throws IOException {
        return read(name, row -> TaskShape.needing(row.number("cpu_units"), row.number("memory_mib"), 0));
    }

    /**
     * The hosts of Alibaba's trace of 2023.
     *
     * @param withGpus otherwise they have none
     * @throws IOException as {@link #synthetic}
     */
    public List<HostShape> openbHosts(boolean withGpus) throws IOException {
        return read(
                OPENB + "node_list_all_node",
                row -> new HostShape(
                        row.number("cpu_milli") * UNITS_PER_CORE / MILLIS_PER_CORE,
                        row.number("memory_mib"),
                        withGpus ? row.number("gpu") : 0,
                        Map.of()));
    }

    /**
     * The pods of that trace, in their order. A share of a GPU counts as a whole one, and any model does.
     *
     * @param withGpus otherwise they need none
     * @throws IOException as {@link #synthetic}
     */
    public List<TaskShape> openbPods(boolean withGpus) throws IOException {
        return read(
                OPENB + "pod_list_default",
                row -> TaskShape.needing(
                        -Math.floorDiv(-row.number("cpu_milli") * UNITS_PER_CORE, MILLIS_PER_CORE),
                        row.number("memory_mib"),
                        withGpus ? row.number("num_gpu") : 0));
    }

    /**
     * When each of those pods comes and has gone, in seconds.
     *
     * @throws IOException as {@link #synthetic}
     */
    public List<long[]> openbTimes() throws IOException {
        return read(OPENB + "pod_list_default", row ->
                new long[] {row.number("creation_time"), row.number("deletion_time")});
    }

    /**
     * A snapshot of Netflix's large batch tasks.
     *
     * @throws IOException as {@link #synthetic}
     */
    public List<TaskShape> titusTasks() throws IOException {
        return read(
                "netflix_titus_fenzo_largeTasks",
                row -> TaskShape.needing(UNITS_PER_CORE * row.number("cpu"), row.number("memory_mb"), 0));
    }

    private <T> List<T> read(String name, Function<Row, T> parse) throws IOException {
        Path file = folder.resolve(name + ".csv.gz");
        List<T> rows = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            List<String> columns = cells(String.valueOf(lines.readLine()));
            for (String line = lines.readLine(); line != null; line = lines.readLine())
                rows.add(parse(file, line, rows.size() + 2, columns, parse));
        }
        return rows;
    }

    private static <T> T parse(Path file, String line, int number, List<String> columns, Function<Row, T> parse)
            throws IOException {
        try {
            return parse.apply(new Row(columns, cells(line)));
        } catch (IllegalArgumentException notUnderstood) {
            throw new IOException(file + ", line " + number + ": " + notUnderstood.getMessage(), notUnderstood);
        }
    }

    private static List<String> cells(String line) {
        return Arrays.asList(line.split(",", -1));
    }

    private record Row(List<String> columns, List<String> cells) {
        /** Rounded up. */
        int number(String column) {
            int index = columns.indexOf(column);
            if (index < 0 || index >= cells.size()) throw new IllegalArgumentException("no column " + column);
            return (int) Math.ceil(Double.parseDouble(cells.get(index)));
        }
    }
}
