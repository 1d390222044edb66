// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps every answer for ever. */
final class StaleLookups extends ForwardingDelivery {

    private final Map<Long, Optional<Version>> cache = new HashMap<>();

    StaleLookups(Delivery next) {
        super(next);
    }

    @Override
    public Optional<Version> lookup(long key) {
        return cache.computeIfAbsent(key, super::lookup);
    }
}
