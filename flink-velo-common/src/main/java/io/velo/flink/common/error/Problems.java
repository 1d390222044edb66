// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.error;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects the problems of one table so that the user sees all of them at once. Not thread-safe.
 */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();

    /** Adds one problem. */
    public void add(Problem problem) {
        found.add(problem);
    }

    /** Adds the problems that another piece of validation reported. */
    public void addAll(VeloException exception) {
        found.addAll(exception.problems());
    }

    /** Whether nothing is wrong so far. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** What was found so far, in the order of finding. */
    public List<Problem> list() {
        return List.copyOf(found);
    }

    /**
     * Throws one exception that holds everything found; does nothing if there is nothing.
     *
     * @throws VeloException with all problems
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new VeloException(found);
        }
    }
}
