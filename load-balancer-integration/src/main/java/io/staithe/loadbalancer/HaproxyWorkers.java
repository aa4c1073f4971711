package io.staithe.loadbalancer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The processes under one master, as its {@code show proc} lists them.
 *
 * @param former workers that only end what they have, since a reload
 * @param failedReloads how often the master has gone on with what it had, since the last reload that worked
 */
record HaproxyWorkers(long master, long current, List<Long> former, int failedReloads) {
    static HaproxyWorkers read(String answer) throws IOException {
        long master = 0;
        long current = 0;
        int failed = 0;
        List<Long> former = new ArrayList<>();
        for (String line : answer.lines().toList()) {
            String[] columns = line.strip().split("\\s+");
            if (columns.length < 3 || !columns[0].matches("[0-9]+")) continue;
            long pid = Long.parseLong(columns[0]);
            if (columns[1].equals("master")) {
                master = pid;
                failed = failed(line);
            } else if (columns[1].equals("worker") && columns[2].equals("0")) current = pid;
            else if (columns[1].equals("worker")) former.add(pid);
        }
        if (master == 0) throw new IOException("HAProxy's master does not say who it is");
        return new HaproxyWorkers(master, current, List.copyOf(former), failed);
    }

    /** {@code 3 [failed: 1]}. */
    private static int failed(String line) {
        int at = line.indexOf("[failed: ");
        return at < 0 ? 0 : Integer.parseInt(line.substring(at + 9, line.indexOf(']', at)));
    }
}
