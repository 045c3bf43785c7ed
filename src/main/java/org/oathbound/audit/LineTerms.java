package org.oathbound.audit;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.audit.AuditQuestion.Condition;
import org.oathbound.audit.AuditQuestion.Member;

/** A line as it is searched, without being held against the one before. */
final class LineTerms {

    private static final String BEGIN = "{\"seq\":";
    private static final List<String> MEMBERS =
            Stream.of(Member.values()).map(Member::toString).toList();
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-f]{4})|(.))");
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** All members in their order, with their values as they stand there: between the quotes, or as a number. */
    private final Map<String, String> members;

    private final Instant time;

    private LineTerms(Map<String, String> members, Instant time) {
        this.members = members;
        this.time = time;
    }

    /** Null for what is no line of ours. */
    static @Nullable LineTerms of(byte[] bytes, int from, int to) {
        String line = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        Map<String, String> members = line.startsWith(BEGIN) && line.endsWith("\"}") ? members(line) : Map.of();
        try {
            Long.parseLong(members.getOrDefault("seq", ""));
            return new LineTerms(members, Instant.parse(members.getOrDefault("time", "")));
        } catch (NumberFormatException | DateTimeException e) {
            return null;
        }
    }

    /** Reads {@code {"name":"value","name":1}}; what stands behind something else is left out. */
    private static Map<String, String> members(String line) {
        Map<String, String> members = new LinkedHashMap<>();
        int at = 1;
        while (at < line.length() && line.charAt(at) == '"') {
            int endOfName = line.indexOf("\":", at + 1);
            if (endOfName < 0) {
                return members;
            }
            String name = line.substring(at + 1, endOfName);
            int value = endOfName + 2;
            boolean isText = line.charAt(value) == '"';
            int end = isText ? endOfText(line, value + 1) : endOfNumber(line, value);
            members.put(name, line.substring(isText ? value + 1 : value, end));
            at = end + (isText ? 2 : 1); // behind the comma
        }
        return members;
    }

    private static int endOfText(String line, int from) {
        int end = from;
        while (end < line.length() && line.charAt(end) != '"') {
            end += line.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end, line.length());
    }

    private static int endOfNumber(String line, int from) {
        int end = from;
        while (end < line.length() && line.charAt(end) >= '0' && line.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    long sequence() {
        return Long.parseLong(members.getOrDefault("seq", ""));
    }

    Instant time() {
        return time;
    }

    /** One for each member by which a line can be asked for, also where it has none. */
    long[] terms() {
        return MEMBERS.stream()
                .mapToLong(member -> term(member, members.get(member)))
                .toArray();
    }

    /** What stands for a condition in an index: 64 bits, by the function of Fowler, Noll and Vo (FNV-1a). */
    static long term(Condition condition) {
        return term(condition.member().toString(), escaped(condition.value()));
    }

    private static long term(String member, @Nullable String raw) {
        long hash = with(FNV_OFFSET, member);
        return raw == null ? hash : with((hash ^ '=') * FNV_PRIME, raw);
    }

    private static long with(long before, String text) {
        long hash = before;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    boolean answers(AuditQuestion question) {
        return sequence() < question.before()
                && (question.from() == null || !time.isBefore(question.from()))
                && (question.until() == null || time.isBefore(question.until()))
                && question.conditions().stream()
                        .allMatch(alternatives -> alternatives.stream().anyMatch(this::meets));
    }

    private boolean meets(Condition condition) {
        String raw = members.get(condition.member().toString());
        String wanted = escaped(condition.value());
        return raw == null ? wanted == null : raw.equals(wanted);
    }

    private static @Nullable String escaped(@Nullable String value) {
        if (value == null) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        LineText.append(text, value);
        return text.substring(1, text.length() - 1);
    }

    AuditRecord read() {
        Map<String, String> read = new LinkedHashMap<>(members);
        read.keySet().removeAll(Set.of("seq", "time", "hash"));
        read.replaceAll((name, raw) -> unescaped(raw));
        return new AuditRecord(sequence(), time, read);
    }

    private static String unescaped(String text) {
        return text.indexOf('\\') < 0
                ? text
                : ESCAPE.matcher(text)
                        .replaceAll(escape -> Matcher.quoteReplacement(
                                escape.group(1) == null
                                        ? escape.group(2)
                                        : String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    }
}
