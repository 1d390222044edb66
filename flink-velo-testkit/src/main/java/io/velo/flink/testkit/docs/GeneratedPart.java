// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.docs;

/**
 * A piece of a Markdown page that is written by code. It stands between two comments, {@code <!--
 * generated: name -->} and {@code <!-- end of generated: name -->}. Immutable, therefore
 * thread-safe.
 *
 * @param name names the piece within its page
 * @param content the Markdown, without the comments
 */
public record GeneratedPart(String name, String content) {

    /** Whether the page holds exactly this content in this piece. */
    public boolean isCurrentIn(String page) {
        return page.contains(begin()) && insertInto(page).equals(page);
    }

    /**
     * The page with this content in its place.
     *
     * @throws IllegalArgumentException if the page has no place for it
     */
    public String insertInto(String page) {
        int begin = page.indexOf(begin());
        int end = page.indexOf(end());
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "The page has no lines '" + begin() + "' and '" + end() + "'.");
        }
        return page.substring(0, begin) + begin() + "\n" + content + page.substring(end);
    }

    private String begin() {
        return "<!-- generated: " + name + " -->";
    }

    private String end() {
        return "<!-- end of generated: " + name + " -->";
    }
}
