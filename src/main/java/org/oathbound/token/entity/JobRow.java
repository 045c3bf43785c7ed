package org.oathbound.token.entity;

import java.util.UUID;

/**
 * The row of a job that did something to a token. It is written with what it did, so a row that is run again finds its
 * own mark and knows that it is done.
 *
 * @param ordinal the row's place in its job, from 0
 */
public record JobRow(UUID job, int ordinal) {

    public static JobRow parse(String text) {
        int space = text.indexOf(' ');
        return new JobRow(UUID.fromString(text.substring(0, space)), Integer.parseInt(text.substring(space + 1)));
    }

    @Override
    public String toString() {
        return job + " " + ordinal;
    }
}
