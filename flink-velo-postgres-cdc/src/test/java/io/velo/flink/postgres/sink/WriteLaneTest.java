// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.connect.SslMode;
import io.velo.flink.postgres.sql.Identifier;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WriteLaneTest {

    @Test
    void neverWaitsAgainForAnInterruptedOwner() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (WriteLane lane = lane()) {
            Future<Boolean> hung =
                    lane.submit(
                            () -> {
                                answer.await();
                                return true;
                            });
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> lane.await(hung)).isInstanceOf(InterruptedException.class);

            // Flink's task may swallow that and go on for one more row.
            assertThat(Thread.interrupted()).isFalse();
            assertThatThrownBy(() -> lane.await(hung)).isInstanceOf(InterruptedException.class);
            answer.countDown();
        }
    }

    private static WriteLane lane() {
        return new WriteLane(
                "lane",
                new WriteConnection(
                        new ConnectSettings(
                                List.of("127.0.0.1:1"),
                                Identifier.of("unused"),
                                null,
                                SslMode.DISABLE,
                                null)));
    }
}
