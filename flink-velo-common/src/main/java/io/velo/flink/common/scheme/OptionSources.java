// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import io.velo.flink.common.uri.VeloUri;
import java.util.Map;

/**
 * Everything in which a user can give options for one table, strongest first: the WITH clause (into
 * which Flink has merged the hints), the URI, the named source of a config file. Immutable,
 * therefore thread-safe if the maps are.
 *
 * @param with the options of the WITH clause without {@code connector} and the URI itself
 * @param uri the table's URI
 * @param entry the options of the named source, or an empty map
 */
public record OptionSources(Map<String, String> with, VeloUri uri, Map<String, String> entry) {}
