// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One {@code name=value} of a URI. Immutable.
 *
 * @param name decoded, otherwise as written
 * @param value decoded
 * @param rawValue as it stands in the URI, with its escapes
 */
public record Parameter(String name, String value, String rawValue) {

    public Parameter {
        Objects.requireNonNull(name);
        Objects.requireNonNull(value);
        Objects.requireNonNull(rawValue);
    }

    /** A parameter whose value is given as clear text. */
    public Parameter(String name, String value) {
        this(name, value, PercentText.encode(value, "&@"));
    }

    /** The value as a list: split at the commas that are not written {@code %2C}, then decoded. */
    public List<String> items() {
        if (rawValue.indexOf(',') < 0) {
            return List.of(value);
        }
        List<String> items = new ArrayList<>();
        for (String raw : rawValue.split(",", -1)) {
            items.add(PercentText.decode(raw));
        }
        return List.copyOf(items);
    }

    /** The name alone: a value can be a secret. */
    @Override
    public String toString() {
        return name + "=…";
    }
}
