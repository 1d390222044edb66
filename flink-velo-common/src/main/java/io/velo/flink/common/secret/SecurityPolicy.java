// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.secret;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * What the operator allows, read once per process from Flink's configuration file; a Java system
 * property of the same name, which only the operator can set, overrides it. Immutable, therefore
 * thread-safe.
 */
public final class SecurityPolicy {

    /** Prefixes of the environment variables that references may read. */
    public static final String ENV_PREFIXES = "velo.security.env-prefixes";

    /** Directories in which the files of references must lie. */
    public static final String SECRET_DIRS = "velo.security.secret-dirs";

    /** What happens to credentials in clear: allow, warn, refuse. */
    public static final String INLINE_CREDENTIALS = "velo.security.inline-credentials";

    /** The schemes that may be used. */
    public static final String SCHEMES = "velo.security.schemes";

    /** What the operator wants to happen to credentials in clear. */
    public enum InlineRule {
        /** They are used in silence. */
        ALLOW,
        /** They are used, and one warning per table names the safe form. */
        WARN,
        /** They are refused. */
        REFUSE
    }

    private final List<String> environmentPrefixes;
    private final List<Path> secretDirectories;
    private final InlineRule inlineRule;
    private final List<String> schemes;

    private SecurityPolicy(Configuration configuration) {
        this.environmentPrefixes = list(configuration, ENV_PREFIXES, "VELO_");
        this.secretDirectories =
                list(configuration, SECRET_DIRS, "").stream().map(Path::of).toList();
        this.inlineRule =
                InlineRule.valueOf(
                        text(configuration, INLINE_CREDENTIALS, "warn")
                                .trim()
                                .toUpperCase(Locale.ROOT));
        this.schemes = list(configuration, SCHEMES, "");
    }

    /** The policy of this process. */
    public static SecurityPolicy current() {
        // System properties are read again each time: it is cheap, and tests set them.
        return new SecurityPolicy(Loaded.CONFIGURATION);
    }

    /** The allowed prefixes of environment names. */
    public List<String> environmentPrefixes() {
        return environmentPrefixes;
    }

    /** The allowed directories; empty means none. */
    public List<Path> secretDirectories() {
        return secretDirectories;
    }

    /** What to do about credentials in clear. */
    public InlineRule inlineCredentials() {
        return inlineRule;
    }

    /** Whether this scheme may be used. */
    public boolean allowsScheme(String scheme) {
        return schemes.isEmpty() || schemes.contains(scheme);
    }

    /** The schemes that may be used; empty means all. */
    public List<String> schemes() {
        return schemes;
    }

    boolean allowsEnvironment(String name) {
        return environmentPrefixes.stream().anyMatch(name::startsWith);
    }

    /** Compares real paths, so that neither {@code ..} nor a link leads out of a directory. */
    boolean allowsSecretFile(Path file) throws IOException {
        if (secretDirectories.isEmpty() || !file.isAbsolute()) {
            return false;
        }
        Path real = file.toRealPath();
        for (Path directory : secretDirectories) {
            if (real.startsWith(directory.toRealPath())) {
                return true;
            }
        }
        return false;
    }

    private static List<String> list(Configuration configuration, String key, String fallback) {
        return Arrays.stream(text(configuration, key, fallback).split("[,;]"))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static String text(Configuration configuration, String key, String fallback) {
        String property = System.getProperty(key);
        return property != null ? property : configuration.toMap().getOrDefault(key, fallback);
    }

    private static final class Loaded {
        static final Configuration CONFIGURATION = GlobalConfiguration.loadConfiguration();
    }
}
