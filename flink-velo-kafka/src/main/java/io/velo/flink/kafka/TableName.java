// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.uri.VeloUri;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.flink.table.catalog.ObjectIdentifier;

/**
 * The name that a table has at the broker, as consumer group and in transactional ids: made from
 * its name in Flink, or from its URI where that is the name. The same table always gets the same
 * name.
 */
final class TableName {

    private static final int HASH_DIGITS = 16;

    private TableName() {}

    /** {@code velo-catalog.database.table}, or {@code velo-} and 16 hexadecimal digits. */
    static String of(TableRequest request) {
        ObjectIdentifier name = request.identifier();
        if (VeloUri.looksLikeUri(name.getObjectName())) {
            return "velo-" + hash(Redacted.uri(request));
        }
        return "velo-"
                + name.getCatalogName()
                + "."
                + name.getDatabaseName()
                + "."
                + name.getObjectName();
    }

    private static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
