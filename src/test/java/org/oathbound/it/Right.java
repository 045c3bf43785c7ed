package org.oathbound.it;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who may call an operation.
 *
 * @param operation its id
 * @param mediaType the end of the media types that it is about; empty for all for which nothing else is said
 * @param roles any of which permits it
 * @param from where the caller must be from
 */
record Right(String operation, String mediaType, Set<String> roles, From from) {

    /** Whose callers. */
    enum From {
        /** Those of the environment that is called. */
        OWN,
        /** Those of the default environment, whichever is called. */
        DEFAULT,
        /** Those of the default environment, when it is the one that is called. */
        DEFAULT_AT_HOME,
        OWN_OR_DEFAULT,
        /** Whoever is known: what he may see is decided by what the path names. */
        KNOWN,
        /** No access token is wanted. */
        EVERYBODY
    }

    /** One right on each line: the operation, the end of a media type where it decides, the roles, and whose callers. */
    static List<Right> all(String table) {
        return table.lines().map(Right::parsed).toList();
    }

    /** The right that counts for an operation with that media type. */
    static Right of(List<Right> all, String operation, String mediaType) {
        return all.stream()
                .filter(right -> right.operation.equals(operation) && mediaType.endsWith(right.mediaType))
                .max(Comparator.comparingInt(right -> right.mediaType.length()))
                .orElseThrow(() -> new AssertionError("Who may call " + operation + "?"));
    }

    private static Right parsed(String line) {
        List<String> words = Arrays.asList(line.strip().split(" +"));
        Set<String> roles =
                words.stream().filter(word -> word.length() == 2).collect(Collectors.toCollection(TreeSet::new));
        From from = Arrays.stream(From.values())
                .filter(value -> words.contains(value.name()))
                .findFirst()
                .orElse(From.OWN);
        String second = words.get(1);
        return new Right(words.get(0), second.contains("+") ? second : "", roles, from);
    }

    /** Whether an answer is as it must be for a caller with that role: 403, or anything else but 401. */
    boolean fits(Answer answer, String role, boolean isHome, boolean isOfDefault) {
        if (from == From.EVERYBODY) {
            return answer.status() != 403;
        } else if (from == From.KNOWN) {
            return answer.status() != 401 && answer.status() != 403 && answer.status() < 500;
        }
        boolean isFrom =
                switch (from) {
                    case OWN -> isHome;
                    case DEFAULT -> isOfDefault;
                    case DEFAULT_AT_HOME -> isHome && isOfDefault;
                    case OWN_OR_DEFAULT -> isHome || isOfDefault;
                    case KNOWN, EVERYBODY -> true;
                };
        if (!isFrom || !roles.contains(role)) {
            return answer.status() == 403;
        }
        return answer.status() != 401 && answer.status() != 403 && answer.status() < 500;
    }
}
