"""From the truth to pages, as the publisher's systems wrote them in each era."""
