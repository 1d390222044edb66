// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.dlq;

import io.velo.flink.common.error.VeloException;
import java.util.concurrent.Callable;

/** A Flink job of the command line failed; the message is the sentence that says why. */
public final class JobFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private JobFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /**
     * Does some work with a job.
     *
     * @throws JobFailure if it fails
     */
    static <T> T explained(Callable<T> work) {
        try {
            return work.call();
        } catch (JobFailure e) {
            throw e;
        } catch (Exception e) {
            throw new JobFailure(sentence(e), e);
        }
    }

    /** Velo's own message if one led to the failure, else that of the first cause. */
    private static String sentence(Throwable failure) {
        String sentence = String.valueOf(failure.getMessage());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                sentence = cause.getMessage();
            }
            if (cause instanceof VeloException || isVelos(sentence)) {
                return sentence.replaceFirst("^[\\w.]+Exception: ", "");
            }
        }
        return sentence;
    }

    /** A message that came through Java serialization begins with the name of its class. */
    private static boolean isVelos(String message) {
        return message.startsWith(VeloException.class.getName());
    }
}
