// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The Flink version that Velo was built with, and the one that sandboxes run. */
public final class FlinkVersion {

    /**
     * The system property that makes sandboxes run another Flink than the one Velo was built with.
     */
    public static final String PROPERTY = "velo.flink.version";

    private FlinkVersion() {}

    /** The value of {@value #PROPERTY} if it is set, {@link #builtWith()} otherwise. */
    public static String current() {
        return System.getProperty(PROPERTY, builtWith());
    }

    /** The version this build was compiled against, such as {@code 2.3.0}. */
    public static String builtWith() {
        return property("flink.version");
    }

    /** The version of flink-sql-gateway-api that stands in for one that cannot be had. */
    static String gatewayApi() {
        return property("flink.sql.gateway.api.version");
    }

    private static String property(String key) {
        Properties properties = new Properties();
        try (InputStream in = FlinkVersion.class.getResourceAsStream("sandbox.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The resource sandbox.properties cannot be read.", e);
        }
        return properties.getProperty(key);
    }
}
