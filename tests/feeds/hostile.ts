/** Words that would break out of a format that forgot to escape them. */
export const HOSTILE = `</script><script>alert(1)</script> ]]> <![CDATA[ ]]&gt; --> " ' & < > &amp; \\ \u2028 {{x}}`;

/** The same with what neither XML nor HTML can hold. */
export const UNSPEAKABLE = `${HOSTILE}\u0000\u0001\u000b\u001f\u007f\u009f\ud800\ufffe\uffff`;

/** What of it is left. */
export const SPOKEN = HOSTILE;
