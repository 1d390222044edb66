// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.scheme.TableRequest;

/** The URI of a table as it may be printed. */
final class Redacted {

    private Redacted() {}

    static String uri(TableRequest request) {
        return request.uri().redacted(KafkaSpec.SPEC::isSecret);
    }
}
