package org.oathbound.token.control;

import com.unboundid.ldap.sdk.DN;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.oathbound.environment.Environment;
import org.oathbound.otp.Passcode;
import org.oathbound.token.entity.Judge;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.Token.Metadata;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Verdict;

/**
 * A judgement that a caller asks for.
 *
 * @param whose whether the stored token is the one that the caller means
 * @param line whose typed line the code stands in; null where the code was meant for this token
 */
record Question(
        Environment environment,
        TokenId token,
        Predicate<Metadata> whose,
        Purpose purpose,
        @Nullable UUID line,
        Function<Judge, Verdict> judgement) {

    static Question of(Environment environment, TokenId token, UUID device, Passcode code, Purpose purpose) {
        return new Question(
                environment, token, metadata -> metadata.serves(device), purpose, null, judge -> judge.judge(code));
    }

    Question inLineOf(UUID person) {
        return new Question(environment, token, whose, purpose, person, judgement);
    }

    DN dn() {
        return TokenEntry.dn(environment, token);
    }
}
