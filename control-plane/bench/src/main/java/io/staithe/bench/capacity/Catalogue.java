package io.staithe.bench.capacity;

import io.staithe.capacity.packing.Offer;
import io.staithe.core.model.Resources;
import java.util.ArrayList;
import java.util.List;

/** Fifteen types of AWS's, at what they cost on demand in us-east-1 in 2025; 512 MiB of each are its system's. */
final class Catalogue {
    private static final int SYSTEM_MIB = 512;
    private static final double MICROS = 1e6;

    private Catalogue() {}

    /** c6i, m6i and r6i, from large to 8xlarge. */
    static List<Offer> usual() {
        return families("6i", new double[] {0.0425, 0.048, 0.063}, new int[] {2, 4, 8, 16, 32});
    }

    /** c7i, m7i and r7i, from 4xlarge to 48xlarge: tasks of the openb trace need up to 120 cores. */
    static List<Offer> large() {
        return families("7i", new double[] {0.044625, 0.0504, 0.06615}, new int[] {16, 32, 64, 96, 192});
    }

    private static List<Offer> families(String generation, double[] dollarsPerCore, int[] cores) {
        String[] families = {"c", "m", "r"};
        int[] gibPerCore = {2, 4, 8};
        List<Offer> offers = new ArrayList<>();
        for (int family = 0; family < families.length; family++)
            for (int count : cores)
                offers.add(new Offer(
                        families[family] + generation + "." + (count == 2 ? "large" : size(count)),
                        new Resources(1024 * count, 1024 * gibPerCore[family] * count - SYSTEM_MIB, 0),
                        Math.round(dollarsPerCore[family] * count * MICROS),
                        Offer.UNLIMITED));
        return offers;
    }

    private static String size(int cores) {
        return cores == 4 ? "xlarge" : cores / 4 + "xlarge";
    }
}
