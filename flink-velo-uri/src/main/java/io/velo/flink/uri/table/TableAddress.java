// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.table;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.scheme.OptionSources;
import io.velo.flink.common.scheme.Scheme;
import io.velo.flink.common.scheme.SchemeRegistry;
import io.velo.flink.common.secret.References;
import io.velo.flink.common.uri.ParameterName;
import io.velo.flink.common.uri.VeloUri;
import io.velo.flink.uri.config.ConfigFile;
import io.velo.flink.uri.config.EntryUri;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where a table is: its scheme, its URI and the places its options come from, taken out of the
 * options that Flink holds for it. Immutable, therefore thread-safe.
 *
 * @param scheme the scheme that serves the URI
 * @param uri the URI as written, references unresolved
 * @param with the options of the WITH clause that are not about the address
 * @param entry the options of the named source, or an empty map
 */
public record TableAddress(
        Scheme scheme, VeloUri uri, Map<String, String> with, Map<String, String> entry) {

    private static final Set<String> URI_NAMES = Set.of("uri", "url", "connection-string");

    public TableAddress {
        with = Map.copyOf(with);
        entry = Map.copyOf(entry);
    }

    /**
     * Finds the address of a table.
     *
     * @param options all options of the table, {@code connector} included
     * @param role the use of the table: {@code source.uri} counts for reading only
     * @throws io.velo.flink.common.error.VeloException if there is no URI, more than one, or none
     *     that a scheme serves
     */
    public static TableAddress of(
            Map<String, String> options, OptionRole role, SchemeRegistry registry) {
        Map<String, String> with = new LinkedHashMap<>(options);
        with.remove("connector");
        EntryUri named = namedSource(with, registry);
        String text = takeUri(with, role);
        String type = takeRoleKey(with, role, "type");
        if (text == null && named != null) {
            text = named.uri();
        }
        if (text == null) {
            throw Problem.of(ErrorCode.OPTION_MISSING, "The table has no 'uri'.")
                    .remedy("Add 'uri'='kafka://host:9092/topic' or another velo URI.")
                    .toException();
        }
        Scheme scheme = registry.get(VeloUri.schemeOf(text));
        VeloUri uri = VeloUri.parse(text, scheme.spec().form());
        if (type != null && !scheme.spec().names().contains(type.toLowerCase(Locale.ROOT))) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "The type is '"
                                    + type
                                    + "', but the scheme of the URI is '"
                                    + uri.scheme()
                                    + "'.")
                    .at(uri.redacted(scheme.spec()::isSecret))
                    .toException();
        }
        return new TableAddress(scheme, uri, with, named == null ? Map.of() : named.options());
    }

    /** The places of options for the resolver; references in host and path are resolved. */
    public OptionSources optionSources() {
        return new OptionSources(with, resolvedUri(), entry);
    }

    /** The URI as the scheme's own secrets allow to print it. */
    public String printed() {
        return uri.redacted(scheme.spec()::isSecret);
    }

    private VeloUri resolvedUri() {
        String text = uri.withoutCredentials().print();
        int query = text.indexOf('?');
        String address = query < 0 ? text : text.substring(0, query);
        if (!References.isReference(address)) {
            return uri;
        }
        // Only the address: parameters are resolved one by one, and credentials where they are
        // used.
        String resolved = References.resolve(address) + text.substring(address.length());
        VeloUri parsed = VeloUri.parse(resolved, scheme.spec().form());
        return uri.hasCredentials()
                ? parsed.withCredentials(uri.user().orElse(""), uri.password().orElse(null))
                : parsed;
    }

    private static EntryUri namedSource(Map<String, String> with, SchemeRegistry registry) {
        String file = takeKey(with, CommonOptions.CONFIG_FILE.foldedName());
        String name = takeKey(with, CommonOptions.DATA_SOURCE.foldedName());
        if (file == null && name == null) {
            return null;
        }
        if (file == null || name == null) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "'config-file' and 'data-source' belong together; only one is given.")
                    .remedy("Give both, or neither and a 'uri'.")
                    .toException();
        }
        return EntryUri.of(name, ConfigFile.read(file).entry(name), registry);
    }

    private static String takeUri(Map<String, String> with, OptionRole role) {
        String strong = null;
        String plain = null;
        for (String key : Map.copyOf(with).keySet()) {
            if (isUriKey(key, "source") || isUriKey(key, "sink")) {
                String value = with.remove(key);
                if (key.startsWith(prefix(role))) {
                    strong = once(strong, value);
                }
            } else if (isUriKey(key, null)) {
                plain = once(plain, with.remove(key));
            }
        }
        return strong != null ? strong : plain;
    }

    /** Whether an option of this name says where a table is: a URI, a connector, a named source. */
    public static boolean isPlace(String key) {
        return key.equals("connector")
                || isUriKey(key, null)
                || isUriKey(key, "source")
                || isUriKey(key, "sink")
                || ParameterName.fold(key).equals(CommonOptions.DATA_SOURCE.foldedName());
    }

    private static boolean isUriKey(String key, String rolePrefix) {
        String bare = key;
        if (rolePrefix != null) {
            if (!key.startsWith(rolePrefix + ".")) {
                return false;
            }
            bare = key.substring(rolePrefix.length() + 1);
        }
        String folded = ParameterName.fold(bare);
        // redis.url, kafka.url …: the specification's way to name the system in the key.
        return URI_NAMES.contains(folded)
                || (bare.endsWith(".url")
                        && bare.indexOf('.') > 0
                        && !bare.startsWith("source.")
                        && !bare.startsWith("sink.")
                        && bare.indexOf('.') == bare.lastIndexOf('.')
                        && KnownSchemeNames.contains(bare.substring(0, bare.indexOf('.'))));
    }

    private static String once(String before, String value) {
        if (before != null && !before.equals(value)) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "The table has two different URIs: 'uri', 'url' and"
                                    + " 'connection_string' are the same option.")
                    .remedy("Keep one.")
                    .toException();
        }
        return value;
    }

    private static String takeRoleKey(Map<String, String> with, OptionRole role, String name) {
        String found = null;
        for (OptionRole each : new OptionRole[] {OptionRole.SOURCE, OptionRole.SINK}) {
            String value = with.remove(prefix(each) + "." + name);
            if (each == role && value != null) {
                found = value;
            }
        }
        return found;
    }

    private static String takeKey(Map<String, String> with, String folded) {
        for (String key : with.keySet()) {
            if (ParameterName.fold(key).equals(folded)) {
                return with.remove(key);
            }
        }
        return null;
    }

    private static String prefix(OptionRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
