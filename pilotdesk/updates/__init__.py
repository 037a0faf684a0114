"""Updates without a network: signed packs and programs that come on a stick or through a chat program."""
