package io.staithe.server.ecs;

import java.math.BigInteger;
import java.util.UUID;

/** Where new ids come from. */
public interface Ids {
    /** 32 hexadecimal digits that nobody has given out before. */
    String hex();

    /** 19 decimal digits that nobody has given out before, as ECS numbers deployments. */
    String number();

    /** Random ids. */
    static Ids random() {
        return new Ids() {
            private static final BigInteger NUMBERS = BigInteger.TEN.pow(18);

            @Override
            public String hex() {
                return UUID.randomUUID().toString().replace("-", "");
            }

            @Override
            public String number() {
                return new BigInteger(hex(), 16)
                        .mod(NUMBERS.multiply(BigInteger.valueOf(9)))
                        .add(NUMBERS)
                        .toString();
            }
        };
    }
}
