// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterNameTest {

    @ParameterizedTest
    @CsvSource({
        "batch_size, batch-size",
        "batch.size, batch-size",
        "batch-size, batch-size",
        "batchSize, batch-size",
        "BatchSize, batch-size",
        "BATCH_SIZE, batch-size",
        "batch__size, batch-size",
        "batch_Size, batch-size",
        "maxURLLength, max-url-length",
        "retry_max_attempts, retry-max-attempts",
        "retry.max-attempts, retry-max-attempts",
        "s3Endpoint, s3-endpoint",
        "sslmode, sslmode",
        "source., source-",
        "LogAndContinue, log-and-continue"
    })
    void namesFoldToOneForm(String name, String folded) {
        assertThat(ParameterName.fold(name)).isEqualTo(folded);
        assertThat(ParameterName.fold(folded)).isEqualTo(folded);
    }

    @Test
    void aCanonicalNameIsNotCopied() {
        String name = "retry-max-attempts";

        assertThat(ParameterName.fold(name)).isSameAs(name);
        assertThat(ParameterName.fold("")).isEmpty();
    }
}
