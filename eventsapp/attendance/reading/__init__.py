"""How exports of video tools write names, times and lengths, and what stands in which column."""
