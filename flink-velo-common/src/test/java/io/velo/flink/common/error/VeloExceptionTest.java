// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class VeloExceptionTest {

    private static final Problem PROBLEM =
            Problem.of(ErrorCode.OPTION_VALUE, "Option 'x' is 'y'.")
                    .at("here")
                    .remedy("Change it.");

    @Test
    void printsCodeSentencePlaceAndRemedy() {
        assertThat(PROBLEM.toException())
                .hasMessage("VELO-OPT-001: Option 'x' is 'y'.\n  where: here\n  do:    Change it.");
    }

    @Test
    void neverExceedsOneKibibyteAndSaysHowMuchItLeftOut() {
        Problem big = PROBLEM.at("ü".repeat(5000));

        String one = big.toException().getMessage();
        String many = new VeloException(Collections.nCopies(50, big)).getMessage();

        assertThat(bytes(one)).isLessThanOrEqualTo(1024);
        assertThat(bytes(many)).isLessThanOrEqualTo(1024);
        assertThat(many).endsWith("and 44 more.").contains("VELO-OPT-001");
    }

    @Test
    void escapesControlCharactersOfHostileServers() {
        assertThat(Problem.of(ErrorCode.IO_SERVER, "a\u001b[31mb\r\nc").toException().getMessage())
                .isEqualTo("VELO-IO-005: a\\u001b[31mb\\u000d\\u000ac");
    }

    @Test
    void isTheInnermostCauseSoThatTheSqlClientPrintsIt() {
        Throwable reason =
                new IllegalStateException("driver talk", new IOException("connection reset"));

        VeloException exception = PROBLEM.toException(reason);

        StringWriter trace = new StringWriter();
        exception.printStackTrace(new PrintWriter(trace));
        assertThat(exception).hasNoCause();
        assertThat(trace.toString())
                .doesNotContain("Caused by:")
                .contains("driver talk")
                .contains("connection reset");
    }

    @Test
    void keepsItsMessageOnTheWayFromAWorker() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(PROBLEM.toException());
        VeloException read =
                (VeloException)
                        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))
                                .readObject();

        assertThat(read).hasMessage(PROBLEM.toException().getMessage());
        assertThat(read.problems()).isEmpty();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
