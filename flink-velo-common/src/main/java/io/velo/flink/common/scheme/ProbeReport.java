// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What a probe found out, check by check. Immutable, therefore thread-safe.
 *
 * @param checks in the order in which they were made
 */
public record ProbeReport(List<Check> checks) {

    /**
     * One check.
     *
     * @param name what was checked, such as "login"
     * @param finding what was found, such as the server's version, or empty
     * @param problem why the check failed, if it did
     */
    public record Check(String name, String finding, Optional<Problem> problem) {}

    public ProbeReport {
        checks = List.copyOf(checks);
    }

    /** Whether every check passed. */
    public boolean passed() {
        return checks.stream().allMatch(check -> check.problem().isEmpty());
    }

    /** Starts a report. */
    public static Recorder record() {
        return new Recorder();
    }

    /** Makes checks one after the other until one fails. Not thread-safe. */
    public static final class Recorder {

        private final List<Check> checks = new ArrayList<>();
        private boolean failed;

        private Recorder() {}

        /**
         * Makes a check unless an earlier one failed.
         *
         * @param step returns the finding, or throws a {@link VeloException} that says what is
         *     wrong
         */
        public Recorder check(String name, Callable<String> step) {
            if (failed) {
                return this;
            }
            try {
                checks.add(new Check(name, step.call(), Optional.empty()));
            } catch (VeloException e) {
                failed = true;
                e.problems().forEach(p -> checks.add(new Check(name, "", Optional.of(p))));
            } catch (Exception e) {
                throw new IllegalStateException("Check '" + name + "' broke.", e);
            }
            return this;
        }

        /** The report of the checks made. */
        public ProbeReport report() {
            return new ProbeReport(checks);
        }
    }
}
