from rtopnet.config.command import main

main()
